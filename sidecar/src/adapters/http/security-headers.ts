// Headers that keep the console's pages to themselves: own scripts and styles only, never framed, HTTPS from then on.
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { createHash } from 'node:crypto';
import { layoutOf } from '../../domain/notice/mail-layout.ts';

/**
 * The frame that shows a mail (`srcdoc`) inherits this policy, so the one style element of our mail layout is allowed by its
 * hash; `unsafe-inline` would allow any. In that frame `sandbox` already forbids scripts and forms, and no image is fetched.
 */
export function makeSecurityHeaders({ isHttps }: { isHttps: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", ...mailStyleHashes()],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'frame-src': ["'none'"],
        'form-action': ["'none'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** CSP sources for the style elements every mail has; they depend on neither language nor notice. */
function mailStyleHashes(): string[] {
  const layout = layoutOf({ language: 'en', direction: 'ltr', shopName: '', reference: '' });
  const page = layout.beforeTitle + layout.beforeBody + layout.afterBody;
  return [...page.matchAll(/<style>(.*?)<\/style>/gs)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
}
