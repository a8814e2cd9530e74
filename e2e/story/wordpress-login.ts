// A WordPress login without a browser: the cookie of wp-login.php and the nonce that REST asks for beside it.
import { expect, type APIRequestContext, type PlaywrightWorkerArgs } from '@playwright/test';
import type { StoreUser } from '../stack/store-options.ts';

export type WordPressClient = {
  readonly request: APIRequestContext;
  /** Empty for somebody who is not signed in. */
  readonly nonce: string;
};

/** Somebody who is not signed in when `user` is left out. */
export async function logIn(
  playwright: PlaywrightWorkerArgs['playwright'],
  storeUrl: string,
  user?: Pick<StoreUser, 'login' | 'password'>,
): Promise<WordPressClient> {
  const request = await playwright.request.newContext({ baseURL: storeUrl });
  if (user === undefined) return { request, nonce: '' };
  await request.get('/wp-login.php');
  const answer = await request.post('/wp-login.php', {
    form: { log: user.login, pwd: user.password, testcookie: '1' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(302);
  const nonce = await request.get('/wp-admin/admin-ajax.php?action=rest-nonce');
  expect(nonce.status()).toBe(200);
  return { request, nonce: await nonce.text() };
}
