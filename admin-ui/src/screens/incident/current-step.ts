// From the next step as the sidecar names it to the part of the page it is done in.
import type { NextStep } from '@tocsin/sidecar/contract';
import type { Step } from '../../routing/route.ts';

export function stepOf(next: NextStep): Step {
	const where: Readonly<Record<string, Step>> = {
		confirm: 'happened',
		set_scope: 'scope',
		freeze_audience: 'people',
		wait_for_audience: 'people',
		set_notice: 'notice',
		request_approval: 'approval',
		wait_for_approval: 'approval',
		watch_sending: 'sending',
		resolve_unknown: 'sending',
		close: 'proof',
		none: 'proof',
	} satisfies Record<NextStep, Step>;
	return where[next] ?? 'happened';
}
