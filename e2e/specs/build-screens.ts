// Before the first story: the screens are built from the sources as they are now.
import { buildUi } from '../build/build-ui.ts';

// eslint-disable-next-line no-restricted-syntax -- Playwright calls the default export.
export default async function buildScreens(): Promise<void> {
  await buildUi((line) => {
    console.log(line);
  });
}
