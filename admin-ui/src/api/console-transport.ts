// Requests of the console to its own origin, with the session cookie and, on changing requests, the CSRF token.
import { ApiProblem, isAbort, toApiProblem } from './problem.ts';
import { pathWithQuery, type ApiRequest, type Transport } from './transport.ts';

const root = '/console/api';

/** `csrf` is asked at each request, since it comes with the session. `onSignedOut` hears of every 401. */
export function makeConsoleTransport(given: {
	csrf: () => string | null;
	onSignedOut: () => void;
	onAnswer: () => void;
	onFailure: (problem: ApiProblem) => void;
}): Transport {
	async function request({ method, path, query, body, signal }: ApiRequest): Promise<Response> {
		const headers: Record<string, string> = {
			accept: 'application/json, application/problem+json',
		};
		const csrf = given.csrf();
		if (method !== 'GET' && csrf !== null) {
			headers['tocsin-csrf'] = csrf;
		}
		if (body !== undefined) {
			headers['content-type'] = 'application/json';
		}
		const response = await fetch(root + pathWithQuery(path, query), {
			method,
			headers,
			credentials: 'same-origin',
			cache: 'no-store',
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			...(signal === undefined ? {} : { signal }),
		}).catch((cause: unknown) => {
			throw isAbort(cause) ? cause : new ApiProblem({ code: 'fetch_error', title: '' });
		});
		if (!response.ok) {
			throw await problemOf(response);
		}
		return response;
	}
	async function observed(wanted: ApiRequest): Promise<Response> {
		try {
			const response = await request(wanted);
			given.onAnswer();
			return response;
		} catch (cause) {
			if (isAbort(cause)) {
				throw cause;
			}
			const problem = toApiProblem(cause);
			if (problem.status === 401) {
				given.onSignedOut();
			}
			given.onFailure(problem);
			throw problem;
		}
	}
	return {
		send: async (wanted) => {
			const response = await observed(wanted);
			return response.status === 204 ? null : ((await response.json()) as unknown);
		},
		download: async (path) => (await observed({ method: 'GET', path })).blob(),
	};
}

async function problemOf(response: Response): Promise<ApiProblem> {
	try {
		const body: unknown = await response.json();
		return toApiProblem(
			typeof body === 'object' && body !== null ? { status: response.status, ...body } : body,
		);
	} catch {
		return new ApiProblem({ code: 'invalid_json', title: '', status: response.status });
	}
}
