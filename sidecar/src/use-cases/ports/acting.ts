// On whose behalf a use case runs. Made at the edge from a verified identity, never from a request body.
import type { Actor, Capability } from '../../contract/index.ts';

export type Acting = {
  actor: Actor;
  /**
   * HMAC of the person's e-mail address (folded) under a secret of this installation, hex; null for `system` and `monitor`.
   * Lets two identities be compared (preparer and approver) in the open log without naming anybody.
   */
  subject: string | null;
  capabilities: readonly Capability[];
};

/** The sidecar acting by itself. */
export const SYSTEM: Acting = Object.freeze({
  actor: Object.freeze({ id: 'system', kind: 'system' as const, name: 'Tocsin' }),
  subject: null,
  capabilities: Object.freeze([] as Capability[]),
});

/**
 * The key of who acted, as it stands in the evidence log and in every `…_by` column of the ledger:
 * `system`, `operator`, `wordpress:<subject>`, `approver:<approver id>`, `sensor:<key name>`.
 * A WordPress user id would point at a row of the shop; the subject points at nothing outside this installation.
 */
export function actorKey(acting: Acting): string {
  switch (acting.actor.kind) {
    case 'system':
    case 'operator':
      return acting.actor.kind;
    case 'wordpress':
      return `wordpress:${acting.subject ?? acting.actor.id}`;
    case 'approver':
      return `approver:${acting.actor.id}`;
    case 'monitor':
      return `sensor:${acting.actor.id}`;
  }
}
