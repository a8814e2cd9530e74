// axe on what is on the screen: nothing serious or critical by WCAG 2.2 AA.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** `include` limits the check to our own part of a page that WordPress frames. */
export async function expectAccessible(page: Page, include: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include(include)
    // The notice is shown in a frame that runs no scripts, so axe cannot look into it and would wait for ever.
    .exclude('iframe[sandbox]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.map((node) => node.html.slice(0, 120)).join(' | ')})`,
    );
  expect(serious).toEqual([]);
}
