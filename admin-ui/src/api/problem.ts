// One shape for everything that can go wrong with a request, whoever reported it: the sidecar, the plugin,
// WordPress itself or the network.

export type FieldProblem = { pointer: string; message: string };

/** `status` is 0 when no answer came at all. Holds no personal data, since the sender's messages hold none. */
export class ApiProblem extends Error {
	readonly code: string;
	readonly title: string;
	readonly detail: string;
	readonly status: number;
	readonly errors: readonly FieldProblem[];

	constructor(parts: {
		code: string;
		title: string;
		detail?: string;
		status?: number;
		errors?: readonly FieldProblem[];
	}) {
		super(parts.title);
		this.name = 'ApiProblem';
		this.code = parts.code;
		this.title = parts.title;
		this.detail = parts.detail ?? '';
		this.status = parts.status ?? 0;
		this.errors = parts.errors ?? [];
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function fieldProblems(value: unknown): FieldProblem[] {
	if (!Array.isArray(value)) {
		return [];
	}
	return value
		.filter(isRecord)
		.map((entry) => ({ pointer: text(entry['pointer']), message: text(entry['message']) }));
}

/** WordPress puts the status of its own errors into `data.status`, problem details carry it as `status`. */
function statusOf(value: Record<string, unknown>): number {
	const data = value['data'];
	const own = isRecord(data) ? data['status'] : undefined;
	const status = value['status'] ?? own;
	return typeof status === 'number' ? status : 0;
}

/** Turns whatever a request was rejected with into an `ApiProblem`; the code `ui.unexpected` stands for none. */
export function toApiProblem(cause: unknown): ApiProblem {
	if (cause instanceof ApiProblem) {
		return cause;
	}
	if (!isRecord(cause)) {
		return new ApiProblem({ code: 'ui.unexpected', title: String(cause) });
	}
	const title = text(cause['title']) || text(cause['message']);
	return new ApiProblem({
		code: text(cause['code']) || 'ui.unexpected',
		title,
		detail: text(cause['detail']),
		status: statusOf(cause),
		errors: fieldProblems(cause['errors']),
	});
}

/** True for a request that was given up by us: never an error to show. */
export function isAbort(cause: unknown): boolean {
	return isRecord(cause) && cause['name'] === 'AbortError';
}
