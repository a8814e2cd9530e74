// One function per route of the console's own API.
import type {
	ApprovalPage,
	ConsoleHome,
	ConsoleSession,
	Dispatch,
	InviteView,
} from '@tocsin/sidecar/contract';
import type { ApiRequest, Transport } from './transport.ts';

type Signal = AbortSignal | undefined;
/** What the browser's WebAuthn call is given and gives back; the server checks it, the console passes it on. */
export type WebAuthnQuestion = { challenge_id: string; options: Record<string, unknown> };
export type WebAuthnReply = { challenge_id: string; response: Record<string, unknown> };
export type DispatchAct = 'pause' | 'resume' | 'stop';

export function makeConsoleApi(transport: Transport) {
	const send = async <T>(request: ApiRequest) => (await transport.send(request)) as T;
	const get = <T>(path: string, signal: Signal) => send<T>({ method: 'GET', path, signal });
	const post = <T>(path: string, body: unknown = {}) => send<T>({ method: 'POST', path, body });

	return {
		session: (signal?: Signal) => get<ConsoleSession>('/session', signal),
		signInOptions: () => post<WebAuthnQuestion>('/sign-in/options'),
		signIn: (reply: WebAuthnReply) => post<ConsoleSession>('/sign-in', reply),
		signOut: () => post<unknown>('/sign-out'),
		viewInvite: (token: string) => post<InviteView>('/invites/view', { token }),
		inviteOptions: (token: string) => post<WebAuthnQuestion>('/invites/options', { token }),
		acceptInvite: (token: string, reply: WebAuthnReply) =>
			post<ConsoleSession>('/invites/accept', { token, ...reply }),
		home: (signal?: Signal) => get<ConsoleHome>('/home', signal),
		readManifest: (id: string, signal?: Signal) =>
			get<ApprovalPage>(`/manifests/${id}`, signal),
		approvalOptions: (id: string) =>
			post<WebAuthnQuestion>(`/manifests/${id}/approval/options`),
		approve: (id: string, reply: WebAuthnReply) =>
			post<ApprovalPage>(`/manifests/${id}/approval`, reply),
		readDispatch: (id: string, signal?: Signal) => get<Dispatch>(`/dispatches/${id}`, signal),
		changeDispatch: (id: string, act: DispatchAct, reason: string) =>
			post<Dispatch>(`/dispatches/${id}/${act}`, { reason }),
	};
}

export type ConsoleApi = ReturnType<typeof makeConsoleApi>;
