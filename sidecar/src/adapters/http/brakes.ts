// Brakes on what strangers may try at the console, by address of the sender, in memory.
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { tooManyRequests } from './errors.ts';

const WINDOW_MS = 5 * 60_000;

/** At most `limit` requests in five minutes from one address; then `request.too_many` with Retry-After. */
export function makeBrake(limit: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Whether X-Forwarded-For counts is decided by the configured proxies alone.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) => {
      next(tooManyRequests());
    },
  });
}
