// What every story gets: a box of its own for the whole file, and a place for pictures of the screens.
import { test as base } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBox, type Box, type BoxOptions } from '../stack/box.ts';

const SCREENS = fileURLToPath(new URL('../artefacts/screens/', import.meta.url));

export type BoxSettings = Partial<Pick<BoxOptions, 'people' | 'env' | 'store'>>;

type WorkerFixtures = { boxSettings: BoxSettings; box: Box };

export const test = base.extend<object, WorkerFixtures>({
  /** Set by a file with `test.use({ boxSettings: … })`. */
  boxSettings: [{}, { option: true, scope: 'worker' }],
  box: [
    async ({ boxSettings }, use) => {
      const box = await startBox({ name: 'story', people: 60, ...boxSettings });
      await use(box);
      await box.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export { expect } from '@playwright/test';

/** Where the picture of a screen is kept. */
export function screenPath(name: string): string {
  mkdirSync(SCREENS, { recursive: true });
  return join(SCREENS, `${name}.png`);
}
