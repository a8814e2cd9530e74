// Requests through WordPress' REST API: api-fetch adds root address and nonce and renews the nonce when it is old.
import apiFetch from '@wordpress/api-fetch';
import type { Connection } from '../state/connection.ts';
import { isAbort, toApiProblem } from './problem.ts';
import { pathWithQuery, type ApiRequest, type Transport } from './transport.ts';

/** Tells the connection store about each outcome, so that the banner follows what really happened. */
export function makeWordPressTransport(restRoot: string, connection: Connection): Transport {
	async function observed<T>(promise: Promise<T>): Promise<T> {
		try {
			const answer = await promise;
			connection.answered();
			return answer;
		} catch (cause) {
			if (isAbort(cause)) {
				throw cause;
			}
			const problem = toApiProblem(cause);
			connection.failed(problem);
			throw problem;
		}
	}
	return {
		send: ({ method, path, query, body, signal }: ApiRequest) =>
			observed(
				apiFetch<unknown>({
					method,
					path: `/${restRoot}${pathWithQuery(path, query)}`,
					...(body === undefined ? {} : { data: body }),
					...(signal === undefined ? {} : { signal }),
				}),
			),
		download: async (path) => {
			const response = await observed(
				apiFetch<Response, false>({
					method: 'GET',
					path: `/${restRoot}${path}`,
					parse: false,
				}).catch(async (cause: unknown) => {
					// Without `parse` api-fetch rejects with the response itself.
					throw cause instanceof Response ? await readProblem(cause) : cause;
				}),
			);
			return response.blob();
		},
	};
}

async function readProblem(response: Response): Promise<unknown> {
	const status = response.status;
	try {
		const body: unknown = await response.json();
		return typeof body === 'object' && body !== null ? { status, ...body } : { status };
	} catch {
		return { code: 'invalid_json', status };
	}
}
