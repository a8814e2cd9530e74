// Runs one changing request at a time and keeps its problem for the form that asked.
import { useCallback, useRef, useState } from 'react';
import { toApiProblem, type ApiProblem } from '../api/problem.ts';

export type Action<A extends unknown[], R> = {
	/** Gives undefined when the request failed or one is still under way; the reason is in `problem`. */
	run: (...given: A) => Promise<R | undefined>;
	running: boolean;
	problem: ApiProblem | null;
	clear: () => void;
};

export function useAction<A extends unknown[], R>(act: (...given: A) => Promise<R>): Action<A, R> {
	const [running, setRunning] = useState(false);
	const [problem, setProblem] = useState<ApiProblem | null>(null);
	const latest = useRef(act);
	latest.current = act;
	const busy = useRef(false);

	const run = useCallback(async (...given: A): Promise<R | undefined> => {
		if (busy.current) {
			return undefined;
		}
		busy.current = true;
		setRunning(true);
		setProblem(null);
		try {
			return await latest.current(...given);
		} catch (cause) {
			setProblem(toApiProblem(cause));
			return undefined;
		} finally {
			busy.current = false;
			setRunning(false);
		}
	}, []);
	const clear = useCallback(() => {
		setProblem(null);
	}, []);
	return { run, running, problem, clear };
}
