// One signal by its id: the API lists signals, it does not give single ones, so the list is walked.
import type { Signal } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { ApiProblem } from '../../api/problem.ts';
import type { StoreApi } from '../../api/store-api.ts';

export async function findSignal(api: StoreApi, id: string, abort: AbortSignal): Promise<Signal> {
	let cursor: string | undefined;
	do {
		const page = await api.listSignals({ state: 'new', limit: 200, cursor }, abort);
		const found = page.items.find((signal) => signal.id === id);
		if (found !== undefined) {
			return found;
		}
		cursor = page.next_cursor ?? undefined;
	} while (cursor !== undefined);
	throw new ApiProblem({
		code: 'signal.not_waiting',
		title: __('This signal no longer waits: it was joined or dismissed.', 'tocsin'),
		detail: __('Look at the list of signals to see what became of it.', 'tocsin'),
		status: 404,
	});
}
