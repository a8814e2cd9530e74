// What the approver's own page could ask the console's API, button or not: the same session, cookie and origin.
import type { Page } from '@playwright/test';

export type ConsoleAnswer = { status: number; code: string | null };

/** Asks for the passkey question of an approval, which is refused to whoever may not approve. */
export function askToApprove(page: Page, manifestId: string): Promise<ConsoleAnswer> {
  return page.evaluate(async (id) => {
    const session = await fetch('/console/api/session');
    const { csrf } = (await session.json()) as { csrf: string };
    const answer = await fetch(`/console/api/manifests/${id}/approval/options`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'tocsin-csrf': csrf },
      body: '{}',
    });
    const { code = null } = (await answer.json()) as { code?: string };
    return { status: answer.status, code };
  }, manifestId);
}
