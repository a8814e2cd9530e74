// The console's own API: for approvers with a passkey, on this origin only. The plugin's signature opens nothing here.
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  ApprovalPage,
  ConsoleHome,
  ConsoleSession,
  Dispatch,
  DispatchChange,
  Id,
  InviteView,
  WebAuthnAnswer,
  WebAuthnOptions,
} from '../../contract/index.ts';
import {
  acceptApproval,
  startApproval,
  type ApproveDeps,
} from '../../use-cases/approve-manifest.ts';
import { pauseDispatch, resumeDispatch, stopDispatch } from '../../use-cases/change-dispatch.ts';
import {
  endSession,
  readSession,
  type OpenedSession,
  type SignedIn,
} from '../../use-cases/console-session.ts';
import { acceptEnrolment, startEnrolment } from '../../use-cases/enrol-approver.ts';
import { readApprovalPage } from '../../use-cases/read-approval-page.ts';
import { readConsoleHome } from '../../use-cases/read-console-home.ts';
import { readDispatch } from '../../use-cases/read-dispatch.ts';
import { acceptSignIn, startSignIn } from '../../use-cases/sign-in.ts';
import { viewInvite } from '../../use-cases/view-invite.ts';
import { makeBrake } from './brakes.ts';
import type { ConsoleCookie } from './console-cookie.ts';
import { badCsrf, badResponse, foreignOrigin } from './errors.ts';
import { onlyMethods } from './only-methods.ts';
import { parseJsonBody, readRawBody } from './read-json-body.ts';
import { requestRecord } from './request-record.ts';
import { parseParts } from './route-input.ts';

const ROOT = '/console/api';
const BODY_LIMIT = 128 * 1024;

const Token = z.string().regex(/^[\w-]{20,100}$/);
const TokenBody = z.strictObject({ token: Token });
const AcceptBody = WebAuthnAnswer.extend({ token: Token });
const Empty = z.strictObject({});
const Gone = z.null();

type Call<B> = { request: Request; response: Response; id: string; body: B };
type SignedCall<B> = Call<B> & { signedIn: SignedIn };

type ConsoleRoute<B, A> = {
  path: string;
  body?: z.ZodType<B>;
  answer: z.ZodType<A>;
};

export type ConsoleSettings = {
  cookie: ConsoleCookie;
  /** Tries at signing in and at invitations from one address in five minutes. */
  signInsAllowed: number;
};

export function makeConsoleRouter(deps: ApproveDeps, settings: ConsoleSettings): Router {
  const router = express.Router({ caseSensitive: true });
  const { cookie } = settings;
  const strangers = makeBrake(settings.signInsAllowed);
  const methods = new Map<string, string[]>();

  function mount<B, A>(
    method: 'get' | 'post',
    route: ConsoleRoute<B, A>,
    given: { before: RequestHandler[]; run: (call: Call<B>) => Promise<A> },
  ): void {
    const path = ROOT + route.path;
    methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
    router[method](path, prepare(method, path), ...given.before, async (request, response) => {
      const { id, body } = readCall(request, route.body);
      const result = await given.run({ request, response, id, body });
      sendAnswer(response, {
        route: `${method.toUpperCase()} ${path}`,
        answer: route.answer,
        result,
      });
    });
  }

  function prepare(method: string, path: string): RequestHandler {
    return (request, response, next) => {
      requestRecord(request).route = `${method.toUpperCase()} ${path}`;
      response.set('Cache-Control', 'no-store');
      if (method === 'post' && request.get('origin') !== deps.plan.consoleOrigin) {
        throw foreignOrigin();
      }
      next();
    };
  }

  /** For strangers: before there is a session. */
  function open<B, A>(route: ConsoleRoute<B, A>, run: (call: Call<B>) => Promise<A>): void {
    mount('post', route, { before: [strangers, readRawBody(BODY_LIMIT)], run });
  }

  /** For approvers: with a session, and its token on everything that changes something. */
  function signed<B, A>(
    method: 'get' | 'post',
    route: ConsoleRoute<B, A>,
    run: (call: SignedCall<B>) => Promise<A>,
  ): void {
    mount(method, route, {
      before: method === 'post' ? [readRawBody(BODY_LIMIT)] : [],
      run: async (call) => {
        const signedIn = await readSession(deps, { token: cookie.read(call.request) });
        if (method === 'post') requireCsrf(call.request, signedIn.session.csrf);
        return run({ ...call, signedIn });
      },
    });
  }

  function signIn(response: Response, { token, session }: OpenedSession): ConsoleSession {
    cookie.set(response, token);
    return session;
  }

  open({ path: '/sign-in/options', body: Empty, answer: WebAuthnOptions }, () => startSignIn(deps));
  open(
    { path: '/sign-in', body: WebAuthnAnswer, answer: ConsoleSession },
    async ({ response, body }) =>
      signIn(
        response,
        await acceptSignIn(deps, { challengeId: body.challenge_id, response: body.response }),
      ),
  );
  open({ path: '/invites/view', body: TokenBody, answer: InviteView }, ({ body }) =>
    viewInvite(deps, body),
  );
  open({ path: '/invites/options', body: TokenBody, answer: WebAuthnOptions }, ({ body }) =>
    startEnrolment(deps, body),
  );
  open(
    { path: '/invites/accept', body: AcceptBody, answer: ConsoleSession },
    async ({ response, body }) =>
      signIn(
        response,
        await acceptEnrolment(deps, {
          token: body.token,
          challengeId: body.challenge_id,
          response: body.response,
        }),
      ),
  );

  signed('get', { path: '/session', answer: ConsoleSession }, ({ signedIn }) =>
    Promise.resolve(signedIn.session),
  );
  signed(
    'post',
    { path: '/sign-out', body: Empty, answer: Gone },
    async ({ request, response }) => {
      const token = cookie.read(request);
      if (token !== null) await endSession(deps, { token });
      cookie.clear(response);
      return null;
    },
  );
  signed('get', { path: '/home', answer: ConsoleHome }, () => readConsoleHome(deps));
  signed('get', { path: '/manifests/:id', answer: ApprovalPage }, ({ id, signedIn }) =>
    readApprovalPage(deps, signedIn, { manifestId: id }),
  );
  signed(
    'post',
    { path: '/manifests/:id/approval/options', body: Empty, answer: WebAuthnOptions },
    ({ id, signedIn }) => startApproval(deps, signedIn, { manifestId: id }),
  );
  signed(
    'post',
    { path: '/manifests/:id/approval', body: WebAuthnAnswer, answer: ApprovalPage },
    ({ id, body, signedIn }) =>
      acceptApproval(deps, signedIn, {
        manifestId: id,
        challengeId: body.challenge_id,
        response: body.response,
      }),
  );
  signed('get', { path: '/dispatches/:id', answer: Dispatch }, ({ id }) => readDispatch(deps, id));
  const changes = { pause: pauseDispatch, resume: resumeDispatch, stop: stopDispatch };
  for (const [act, change] of Object.entries(changes)) {
    signed(
      'post',
      { path: `/dispatches/:id/${act}`, body: DispatchChange, answer: Dispatch },
      ({ id, body, signedIn }) =>
        change(deps, signedIn.acting, { dispatchId: id, reason: body.reason }),
    );
  }
  for (const [path, allowed] of methods) router.all(path, onlyMethods(allowed));
  return router;
}

function readCall<B>(request: Request, schema: z.ZodType<B> | undefined): { id: string; body: B } {
  const hasId = request.params['id'] !== undefined;
  const [id, body] = parseParts([
    { schema: hasId ? Id : z.undefined(), value: request.params['id'], prefix: '/path' },
    { schema: schema ?? z.undefined(), value: schema && parseJsonBody(request), prefix: '' },
  ]);
  return { id: typeof id === 'string' ? id : '', body: body as B };
}

function sendAnswer<A>(
  response: Response,
  given: { route: string; answer: z.ZodType<A>; result: A },
): void {
  const parsed = given.answer.safeParse(given.result);
  if (!parsed.success) {
    throw badResponse(
      given.route,
      parsed.error.issues.slice(0, 10).map((issue) => issue.path.join('.')),
    );
  }
  if (parsed.data === null) response.status(204).end();
  else response.json(parsed.data);
}

function requireCsrf(request: Request, expected: string): void {
  const given = Buffer.from(request.get('tocsin-csrf') ?? '');
  const wanted = Buffer.from(expected);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw badCsrf();
}
