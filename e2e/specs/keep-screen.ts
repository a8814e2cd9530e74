// A picture of the whole screen together with the accessibility check, so that no screen gets only one of them.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { screenPath } from './fixtures.ts';

/** Our part of a wp-admin page; the console is ours altogether. */
const PART = { admin: '#tocsin-app', console: 'body' } as const;

export async function keepScreen(page: Page, name: string, part: keyof typeof PART): Promise<void> {
  // WordPress' bar is fixed: taken from further down it would lie across the middle of the picture.
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await page.screenshot({ path: screenPath(name), fullPage: true });
  await expectAccessible(page, PART[part]);
}
