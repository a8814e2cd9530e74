// Whether the sidecar answers, as told by every request: one place the banner reads, outside of any component.
import type { ApiProblem } from '../api/problem.ts';

export type ConnectionState = {
	/** Null while the last request was answered. */
	problem: ApiProblem | null;
	/** When the trouble was first met, and when an answer last came; milliseconds since 1970. */
	lostAt: number | null;
	lastAnswerAt: number | null;
};

/** Codes that mean "no answer from the sidecar", as opposed to an answer we do not like. */
const noAnswer = new Set([
	'tocsin.sidecar_not_configured',
	'tocsin.sidecar_unreachable',
	'tocsin.sidecar_slow',
	'tocsin.sidecar_bad_answer',
	'fetch_error',
	'offline_error',
	'invalid_json',
	// WordPress broke off before our code ran: no database, or a fatal error in some plugin.
	'wp_die',
	'internal_server_error',
]);

export function meansNoAnswer(code: string): boolean {
	return noAnswer.has(code);
}

export function makeConnection(now: () => number) {
	let state: ConnectionState = { problem: null, lostAt: null, lastAnswerAt: null };
	const listeners = new Set<() => void>();
	function set(next: ConnectionState) {
		const changed = next.problem?.code !== state.problem?.code || next.lostAt !== state.lostAt;
		state = next;
		if (changed) {
			listeners.forEach((tell) => {
				tell();
			});
		}
	}
	return {
		read: () => state,
		subscribe: (tell: () => void) => {
			listeners.add(tell);
			return () => {
				listeners.delete(tell);
			};
		},
		answered: () => {
			set({ problem: null, lostAt: null, lastAnswerAt: now() });
		},
		/** A refusal is an answer too: it proves that the sidecar is there. */
		failed: (problem: ApiProblem) => {
			if (meansNoAnswer(problem.code)) {
				set({ ...state, problem, lostAt: state.lostAt ?? now() });
			} else if (problem.status >= 400 && problem.status < 500) {
				set({ problem: null, lostAt: null, lastAnswerAt: now() });
			}
		},
	};
}

export type Connection = ReturnType<typeof makeConnection>;
