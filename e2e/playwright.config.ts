// The stories: real WordPress, MariaDB, sidecar and mail server, in the distribution's Chromium. One at a time: each has a
// store of its own, and two cores are few.
import { defineConfig } from '@playwright/test';
import { browserLaunch } from './stack/browser.ts';

// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export.
export default defineConfig({
  testDir: './specs',
  outputDir: './artefacts/playwright',
  globalSetup: './specs/build-screens.ts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    launchOptions: browserLaunch(),
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    actionTimeout: 15_000,
  },
});
