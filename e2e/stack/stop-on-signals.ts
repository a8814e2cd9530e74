// Stops stores when the process is told to end. The servers would end anyway (their guards see to
// it); this also removes the state folders.

type Stop = () => Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const running = new Set<Stop>();
let listening = false;

/** Call the returned function when the store was stopped in another way. */
export function stopOnSignals(stop: Stop): () => void {
  running.add(stop);
  setListening(true);
  return () => {
    running.delete(stop);
    if (running.size === 0) setListening(false);
  };
}

function setListening(wanted: boolean): void {
  if (listening === wanted) return;
  listening = wanted;
  for (const signal of SIGNALS) {
    if (wanted) process.on(signal, onSignal);
    else process.off(signal, onSignal);
  }
}

function onSignal(signal: NodeJS.Signals): void {
  const stops = [...running];
  running.clear();
  setListening(false);
  void Promise.allSettled(stops.map((stop) => stop())).then(() => {
    // With no other listener the signal now does what it does by default. A program with a listener
    // of its own decides itself when to end.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
}
