// What the API functions need from the outside: a way to send a request and get JSON or a file.

export type QueryValue = string | number | undefined;

export type ApiRequest = {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH';
	/** Without the API's root, such as `/incidents`. */
	path: string;
	query?: Record<string, QueryValue>;
	body?: unknown;
	signal?: AbortSignal | undefined;
};

/** Both reject with an `ApiProblem`, or with an `AbortError` when the caller gave up. */
export type Transport = {
	send: (request: ApiRequest) => Promise<unknown>;
	download: (path: string) => Promise<Blob>;
};

/** Path with its query; undefined values are left out. */
export function pathWithQuery(path: string, query: Record<string, QueryValue> = {}): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== '') {
			search.set(name, String(value));
		}
	}
	const text = search.toString();
	return text === '' ? path : `${path}?${text}`;
}
