// Free text may name people, so the evidence log holds a keyed commitment to it and never the text. The key is the
// incident's data key: whoever holds it can show what was written; once it is erased, the 32 bytes say nothing.
import { canonicalBytes } from '../domain/evidence/canonical-json.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Vault } from './ports/vault.ts';
import type { IncidentRecord } from './require-incident.ts';

/** 64 hex digits. Throws `incident.erased` when the incident's key is gone. */
export function commitContent(
  vault: Vault,
  incident: Pick<IncidentRecord, 'wrapped_key'>,
  record: object,
): string {
  if (incident.wrapped_key === null) {
    throw new CodedError({
      code: 'incident.erased',
      category: 'gone',
      message: "couldn't change the incident: its personal data was erased",
      detail: 'It can be read and moved, but what it says is final.',
    });
  }
  const text = Buffer.from(canonicalBytes(record)).toString('utf8');
  const key = vault.unlock(incident.wrapped_key);
  // A blind index has 16 bytes; two of them under different names make the 32 the log's format asks for.
  const halves = ['content/1', 'content/2'].map((name) => key.index(`${name}:${text}`));
  return Buffer.concat(halves).toString('hex');
}

/** The same for text that may be empty or of an erased incident: then there is nothing to commit to. */
export function commitReason(
  vault: Vault,
  incident: Pick<IncidentRecord, 'wrapped_key'>,
  reason: string,
): { content?: string } {
  if (reason === '' || incident.wrapped_key === null) return {};
  return { content: commitContent(vault, incident, { reason }) };
}
