// Invented people a notice is shown for, so that previews and approvals show nobody's data: a plain name, the longest
// one a notice can hold, and one written from right to left.
import type { CompiledNotice, NoticePerson, Rendered } from './compile-notice.ts';

type Sample = { label: string; firstName: string; fullName: string };

const SAMPLES: readonly [Sample, ...Sample[]] = [
  { label: 'Alex Morgan (invented)', firstName: 'Alex', fullName: 'Alex Morgan' },
  {
    label: 'The longest name (invented)',
    firstName: 'Wilhelmina-Konstantina',
    fullName: 'Wilhelmina-Konstantina von Hohenstein-Schwarzenberg-Lindau',
  },
  {
    label: 'A name written from right to left (invented)',
    firstName: 'ليلى',
    fullName: 'ليلى الخطيب',
  },
];

/** Shown when no scope says yet what leaked. */
const USUAL_CLASSES: readonly string[] = ['name', 'email', 'postal_address'];

export type RenderedSample = { sample: string } & Rendered;

/** The first is the plain one. `dataClasses`: what the scope says leaked; empty when there is no scope yet. */
export function renderSamples(
  notice: CompiledNotice,
  dataClasses: readonly string[],
): [RenderedSample, ...RenderedSample[]] {
  const [plain, ...others] = SAMPLES;
  const classes = dataClasses.length === 0 ? USUAL_CLASSES : dataClasses;
  const render = (sample: Sample): RenderedSample => {
    const person: NoticePerson = {
      firstName: sample.firstName,
      fullName: sample.fullName,
      dataClasses: classes,
    };
    return { sample: sample.label, ...notice.render(person) };
  };
  return [render(plain), ...others.map(render)];
}
