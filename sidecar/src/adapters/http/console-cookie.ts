// The session cookie of the console: for this host only, out of reach of scripts and of other sites.
import type { Request, Response } from 'express';
import { SESSION_MS } from '../../use-cases/console-session.ts';

export type ConsoleCookie = {
  read(request: Request): string | null;
  set(response: Response, token: string): void;
  clear(response: Response): void;
};

/** `__Host-` binds it to this very host, and browsers take it over HTTPS only; plain HTTP exists on localhost alone. */
export function makeConsoleCookie({ isHttps }: { isHttps: boolean }): ConsoleCookie {
  const name = isHttps ? '__Host-tocsin' : 'tocsin_session';
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps } as const;
  return {
    read(request) {
      const prefix = `${name}=`;
      const values = (request.headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(prefix))
        .map((pair) => pair.slice(prefix.length));
      const [value] = values;
      // Two cookies of one name: one was planted by something else on this host, and it is not known which.
      return values.length === 1 && value !== undefined && /^[\w-]{20,100}$/.test(value)
        ? value
        : null;
    },
    set: (response, token) => void response.cookie(name, token, { ...options, maxAge: SESSION_MS }),
    clear: (response) => void response.clearCookie(name, options),
  };
}
