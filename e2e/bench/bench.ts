// npm run bench -- audience | delivery | classification: figures and ratios for the hot paths, one line of JSON for each measurement.
import { parseArgs } from 'node:util';
import { StoreError } from '../stack/store-error.ts';
import { benchAudience } from './audience.ts';
import { benchClassification } from './classification.ts';
import { benchDelivery } from './delivery.ts';

const USAGE =
  'npm run bench -- audience [--people 20000] [--keep DIR | --use DIR] | delivery [--messages 20000] | classification';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string', default: '20000' },
    messages: { type: 'string', default: '20000' },
    keep: { type: 'string' },
    use: { type: 'string' },
  },
});
const { keep, use } = values;
if (keep !== undefined && use !== undefined) refuse('--keep builds a store and --use takes one');
const wanted = positionals.length === 0 ? ['audience', 'delivery'] : positionals;
for (const name of wanted) {
  if (name === 'audience') await audience(sizeOf(values.people, 2_000_000));
  else if (name === 'delivery') await benchDelivery(sizeOf(values.messages, 1_000_000));
  else if (name === 'classification') benchClassification();
  else refuse(`there is no benchmark ${name}`);
}

async function audience(people: number): Promise<void> {
  try {
    await benchAudience({
      people,
      ...(keep === undefined ? {} : { keep }),
      ...(use === undefined ? {} : { use }),
    });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function sizeOf(text: string, most: number): number {
  const size = Number(text);
  return Number.isInteger(size) && size >= 100 && size <= most
    ? size
    : refuse(`a size is a whole number from 100 to ${most} (you gave ${text})`);
}

function refuse(why: string): never {
  console.error(`${why}. Usage: ${USAGE}`);
  process.exit(2);
}
