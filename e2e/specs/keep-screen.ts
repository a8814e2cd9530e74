// A picture of the whole screen together with the accessibility check, so that no screen gets only one of them.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { screenPath } from './fixtures.ts';

/** Our part of a wp-admin page; the console is ours altogether. */
const PART = { admin: '#tocsin-app', console: 'body' } as const;

export async function keepScreen(page: Page, name: string, part: keyof typeof PART): Promise<void> {
  await keepPicture(page, name);
  await expectAccessible(page, PART[part]);
}

/**
 * The window is made as high as the page first: a full-page picture leaves frames below the window blank and draws WordPress'
 * fixed bar across the middle.
 */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  if (size === null) throw new Error('the page has no window of a known size');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  await page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await painted();
    await painted();
  });
  await page.screenshot({ path: screenPath(name), fullPage: true });
  await page.setViewportSize(size);
}
