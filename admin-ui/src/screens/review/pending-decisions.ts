// Which decisions about who is one human the frozen list does not know yet.
import type { IdentityDecision } from '@tocsin/sidecar/contract';

/**
 * `since`: when the reading of the frozen list was asked for. A decision that was both made and taken back since then
 * changes nothing.
 */
export function pendingDecisions(
	decisions: readonly IdentityDecision[],
	since: string,
): IdentityDecision[] {
	const start = Date.parse(since);
	return decisions.filter((decision) => {
		const undoneAt = decision.undone_at === null ? null : Date.parse(decision.undone_at);
		const stoodThen =
			Date.parse(decision.decided_at) <= start && (undoneAt === null || undoneAt > start);
		return stoodThen !== (undoneAt === null);
	});
}
