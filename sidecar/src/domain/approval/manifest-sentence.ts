// The sentence that is approved, in plain words, made from the same facts as the manifest body.

export type SentenceFacts = {
  templateTitle: string;
  /** BCP 47, such as `en` or `de-AT`. */
  language: string;
  reachable: number;
  unreachable: number;
  provider: 'postmark' | 'drill';
  stream: string;
  approvalsRequired: number;
};

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const numbers = new Intl.NumberFormat('en-US');
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** `Send 'Payment data leaked' in English to 3,412 people by e-mail through …; 82 people have no usable address.` */
export function manifestSentence(facts: SentenceFacts): string {
  const isDrill = facts.provider === 'drill';
  const act = isDrill ? 'Drill, nothing leaves the sidecar: pretend to send' : 'Send';
  const road = isDrill ? '' : ` through Postmark stream '${facts.stream}'`;
  return (
    `${act} '${facts.templateTitle}' in ${languageName(facts.language)} to ${people(facts.reachable)} by e-mail${road}, ` +
    `starting at once after the ${ordinal(facts.approvalsRequired)} approval; ${unreachable(facts.unreachable)}.`
  );
}

function unreachable(count: number): string {
  if (count === 0) return 'everyone has a usable address';
  return `${people(count)} ${count === 1 ? 'has' : 'have'} no usable address`;
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${numbers.format(count)} people`;
}

function ordinal(count: number): string {
  return ORDINALS[count - 1] ?? `${count}th`;
}

function languageName(tag: string): string {
  return languages.of(tag) ?? tag;
}
