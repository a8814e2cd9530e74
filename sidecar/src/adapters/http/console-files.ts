// The console's built files and its page for every address under /console; a plain page while they are not built.
import express, { type Router } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from './errors.ts';
import { requestRecord } from './request-record.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Tocsin console</title>
<h1>The console is not built</h1>
<p>The sidecar runs, but the files of its console are missing. In the project's folder run
<code>npm run build</code>, then load this page again.</p></html>
`;

/** Names with a hash of their content, which may be kept for good. */
const HASHED = /\.[0-9a-f]{8,}\.\w+$/;

export function makeConsoleFiles(folder: string): Router {
  const router = express.Router();
  router.use(
    '/console',
    (request, _response, next) => {
      requestRecord(request).route = 'GET /console/*';
      next();
    },
    express.static(folder, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        response.setHeader(
          'Cache-Control',
          HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    }),
  );
  router.get(['/console', '/console/', '/console/*path'], (request, response) => {
    // A missing file is not the page: a script that gets HTML fails in ways nobody can read.
    if (/\.\w+$/.test(request.path)) throw notFound();
    response.set('Cache-Control', 'no-cache');
    if (existsSync(join(folder, 'index.html'))) {
      response.sendFile('index.html', { root: folder, cacheControl: false });
      return;
    }
    response.status(503).type('html').send(NOT_BUILT);
  });
  // Browsers ask for it unasked; there is none, and that is no error.
  router.get('/favicon.ico', (_request, response) => {
    response.status(204).end();
  });
  router.get('/', (_request, response) => {
    response.redirect(302, '/console');
  });
  return router;
}
