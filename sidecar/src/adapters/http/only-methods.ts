// The answer for a known address with a method it does not take.
import type { RequestHandler } from 'express';
import { wrongMethod } from './errors.ts';

export function onlyMethods(allowed: readonly string[]): RequestHandler {
  return (_request, response) => {
    response.set('Allow', allowed.join(', '));
    throw wrongMethod(allowed);
  };
}
