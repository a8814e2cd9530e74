// npm run bench -- audience | delivery: figures and ratios for the hot paths, one line of JSON for each measurement.
import { parseArgs } from 'node:util';
import { benchAudience } from './audience.ts';
import { benchDelivery } from './delivery.ts';

const USAGE = 'npm run bench -- audience [--people 20000] | delivery [--messages 20000]';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string', default: '20000' },
    messages: { type: 'string', default: '20000' },
  },
});
const wanted = positionals.length === 0 ? ['audience', 'delivery'] : positionals;
for (const name of wanted) {
  if (name === 'audience') await benchAudience(sizeOf(values.people));
  else if (name === 'delivery') await benchDelivery(sizeOf(values.messages));
  else refuse(`there is no benchmark ${name}`);
}

function sizeOf(text: string): number {
  const size = Number(text);
  return Number.isInteger(size) && size >= 100 && size <= 1_000_000
    ? size
    : refuse(`a size is a whole number from 100 to 1,000,000 (you gave ${text})`);
}

function refuse(why: string): never {
  console.error(`${why}. Usage: ${USAGE}`);
  process.exit(2);
}
