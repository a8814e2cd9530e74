import assert from 'node:assert/strict';
import test from 'node:test';
import type { IdentityDecision } from '@tocsin/sidecar/contract';
import { pendingDecisions } from './pending-decisions.ts';

const before = '2026-11-23T08:00:00.000Z';
const frozen = '2026-11-23T09:00:00.000Z';
const after = '2026-11-23T10:00:00.000Z';

function decision(id: string, decidedAt: string, undoneAt: string | null): IdentityDecision {
	return {
		id,
		kind: 'merge',
		people: [],
		rows: [],
		accounts: 0,
		decided_at: decidedAt,
		decided_by: 'Mara',
		reason: 'x',
		undone_at: undoneAt,
	};
}

test('only what changes the next list waits for it', () => {
	const decisions = [
		decision('idd_0000000001', after, null),
		decision('idd_0000000002', before, after),
		decision('idd_0000000003', before, null),
		decision('idd_0000000004', before, before),
		decision('idd_0000000005', after, after),
	];
	assert.deepEqual(
		pendingDecisions(decisions, frozen).map((each) => each.id),
		['idd_0000000001', 'idd_0000000002'],
	);
});
