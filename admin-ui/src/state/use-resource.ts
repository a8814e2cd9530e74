// Loads something and keeps it: gives up what nobody waits for, polls only while the tab is looked at, and keeps the
// last good answer together with its age when a later try fails.
import { useCallback, useEffect, useRef, useState } from 'react';
import { isAbort, toApiProblem, type ApiProblem } from '../api/problem.ts';

export type Resource<T> = {
	/** The last good answer; null until there is one. */
	data: T | null;
	/** Why the last try failed; null when it did not. With `data` not null the data is old. */
	problem: ApiProblem | null;
	/** Milliseconds since 1970. */
	loadedAt: number | null;
	loading: boolean;
	reload: () => Promise<void>;
	/** Puts an answer of another request in place, such as that of a change. */
	replace: (data: T) => void;
};

type State<T> = {
	data: T | null;
	problem: ApiProblem | null;
	loadedAt: number | null;
	loading: boolean;
};

const nothingYet = { data: null, problem: null, loadedAt: null, loading: true };

/**
 * `key` names what is loaded: another key drops the old data and loads anew; null loads nothing.
 * `pollMs` says when to load again, from the data at hand; null means not at all.
 */
export function useResource<T>(given: {
	key: string | null;
	load: (signal: AbortSignal) => Promise<T>;
	pollMs?: (data: T | null) => number | null;
	/** Keep the old data in sight while another key loads, as a table does between two pages. */
	keep?: boolean;
}): Resource<T> {
	const { key } = given;
	const [state, setState] = useState<State<T>>(nothingYet);
	const current = useRef(given);
	current.current = given;
	const running = useRef<AbortController | null>(null);

	const reload = useCallback(async () => {
		running.current?.abort();
		const controller = new AbortController();
		running.current = controller;
		setState((before) => ({ ...before, loading: true }));
		try {
			const data = await current.current.load(controller.signal);
			if (!controller.signal.aborted) {
				setState({ data, problem: null, loadedAt: Date.now(), loading: false });
			}
		} catch (cause) {
			if (!controller.signal.aborted && !isAbort(cause)) {
				setState((before) => ({ ...before, problem: toApiProblem(cause), loading: false }));
			}
		}
	}, []);

	useEffect(() => {
		setState((before) => ({
			...(current.current.keep === true ? before : nothingYet),
			loading: key !== null,
		}));
		if (key !== null) {
			void reload();
		}
		return () => running.current?.abort();
	}, [key, reload]);

	// Counted from the last outcome: a slow answer is waited for, not overtaken.
	const idle = key !== null && !state.loading;
	usePolling(idle ? (given.pollMs?.(state.data) ?? null) : null, state, reload);

	const replace = useCallback((data: T) => {
		running.current?.abort();
		setState({ data, problem: null, loadedAt: Date.now(), loading: false });
	}, []);
	return { ...state, reload, replace };
}

/** Starts counting anew after each outcome, and loads at once when a hidden tab is looked at again. */
function usePolling(pollMs: number | null, outcome: unknown, reload: () => Promise<void>) {
	useEffect(() => {
		if (pollMs === null) {
			return undefined;
		}
		let timer: ReturnType<typeof setTimeout> | undefined;
		const start = () => {
			clearTimeout(timer);
			if (document.visibilityState === 'visible') {
				timer = setTimeout(() => void reload(), pollMs);
			}
		};
		const look = () => {
			if (document.visibilityState === 'visible') {
				void reload();
			} else {
				clearTimeout(timer);
			}
		};
		start();
		document.addEventListener('visibilitychange', look);
		return () => {
			clearTimeout(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}, [pollMs, outcome, reload]);
}
