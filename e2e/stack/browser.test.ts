// The browser of the stories starts on this machine and can log in to a store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium } from '@playwright/test';
import { browserLaunch, chromiumExecutable } from './browser.ts';
import { startStore } from './store.ts';
import { StoreError } from './store-error.ts';

test('an administrator logs in with the real browser and sees the dashboard', async () => {
  const store = await startStore({ name: 'browser', plugin: 'none', woocommerce: 'schema' });
  try {
    const browser = await chromium.launch(browserLaunch());
    try {
      const page = await browser.newPage();
      await page.goto(`${store.url}/wp-login.php`);
      await page.getByLabel('Username or Email Address').fill('admin');
      await page.getByLabel('Password', { exact: true }).fill('admin');
      await page.getByRole('button', { name: 'Log In' }).click();
      await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
      assert.ok(page.url().startsWith(store.adminUrl));
    } finally {
      await browser.close();
    }
  } finally {
    await store.stop();
  }
});

test('a browser that is not where TOCSIN_CHROMIUM says is named in the error', () => {
  const before = process.env['TOCSIN_CHROMIUM'];
  process.env['TOCSIN_CHROMIUM'] = '/nowhere/chromium';
  try {
    assert.throws(chromiumExecutable, (error) => {
      assert.ok(error instanceof StoreError);
      assert.match(error.message, /\/nowhere\/chromium/);
      return true;
    });
  } finally {
    if (before === undefined) delete process.env['TOCSIN_CHROMIUM'];
    else process.env['TOCSIN_CHROMIUM'] = before;
  }
});
