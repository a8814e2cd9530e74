// The live count of a scope: starts when the form rests, follows the count until it is ready, and gives up what a
// newer scope has overtaken.
import type { Preview, Scope } from '@tocsin/sidecar/contract';
import { useEffect, useState } from 'react';
import { isAbort, toApiProblem, type ApiProblem } from '../../api/problem.ts';
import { useStoreApi } from '../../api/store-api-context.tsx';
import type { StoreApi } from '../../api/store-api.ts';
import { useDebounced } from '../../state/use-debounced.ts';

export type ScopeCountState = {
	/** The count of the scope as it is in the form now; null until one has begun. */
	preview: Preview | null;
	problem: ApiProblem | null;
	/** The form was changed and the count for it has not begun. */
	isWaiting: boolean;
	again: () => void;
};

const restMs = 700;
const pollMs = 1_000;

function rest(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(resolve, ms);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			reject(new DOMException('given up', 'AbortError'));
		});
	});
}

async function follow(given: {
	api: StoreApi;
	scope: Scope;
	signal: AbortSignal;
	onNews: (preview: Preview) => void;
}): Promise<void> {
	let preview = await given.api.startPreview(given.scope, given.signal);
	given.onNews(preview);
	while (preview.state === 'counting') {
		await rest(pollMs, given.signal);
		preview = await given.api.readPreview(preview.id, given.signal);
		given.onNews(preview);
	}
}

export function useScopeCount(scope: Scope | null): ScopeCountState {
	const api = useStoreApi();
	const wanted = scope === null ? null : JSON.stringify(scope);
	const rested = useDebounced(wanted, restMs);
	const [round, setRound] = useState(0);
	const [found, setFound] = useState<{
		of: string | null;
		preview: Preview | null;
		problem: ApiProblem | null;
	}>({ of: null, preview: null, problem: null });

	useEffect(() => {
		if (rested === null) {
			return undefined;
		}
		const controller = new AbortController();
		const { signal } = controller;
		setFound({ of: rested, preview: null, problem: null });
		follow({
			api,
			scope: JSON.parse(rested) as Scope,
			signal,
			onNews: (preview) => {
				if (!signal.aborted) {
					setFound({ of: rested, preview, problem: null });
				}
			},
		}).catch((cause: unknown) => {
			if (!signal.aborted && !isAbort(cause)) {
				setFound({ of: rested, preview: null, problem: toApiProblem(cause) });
			}
		});
		return () => {
			controller.abort();
		};
	}, [api, rested, round]);

	const isCurrent = wanted !== null && found.of === wanted;
	return {
		preview: isCurrent ? found.preview : null,
		problem: isCurrent ? found.problem : null,
		isWaiting: wanted !== null && !isCurrent,
		again: () => {
			setRound(round + 1);
		},
	};
}
