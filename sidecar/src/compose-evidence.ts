// Opens the signed log and what moves entries from the ledger into it.
import { openEvidenceLog, type EvidenceLog } from './adapters/evidence-files/evidence-log.ts';
import { readEntries } from './adapters/evidence-files/read-entries.ts';
import { createSigningKey } from './adapters/evidence-files/signing-key-file.ts';
import type { LedgerParts } from './compose-ledger.ts';
import type { Config } from './config/load-config.ts';
import { VERSION } from './config/version.ts';
import { isCoded } from './domain/coded-error.ts';
import { makeEvidenceIntegrator, type EvidenceIntegrator } from './runner/evidence-integrator.ts';
import { SYSTEM } from './use-cases/ports/acting.ts';

/** Everything recorded so far is in the log when it returns. Throws `evidence.…` when ledger and log do not fit. */
export async function openEvidence(
  config: Config,
  parts: LedgerParts,
  lost: AbortSignal,
): Promise<EvidenceIntegrator<EvidenceLog>> {
  const options = {
    folder: config.evidenceFolder,
    origin: config.evidenceOrigin,
    signingKeyFile: config.signingKeyFile,
  };
  const evidence = makeEvidenceIntegrator({
    ledger: parts.ledger,
    log: await openLog(config, parts, options),
    open: () => openEvidenceLog(options),
    readStored: (from, to) => readEntries(config.evidenceFolder, from, to),
    lost,
  });
  await evidence.flush();
  return evidence;
}

/** Opens the signed log, or makes it together with its key at the very first start. */
async function openLog(
  config: Config,
  parts: LedgerParts,
  options: { folder: string; origin: string; signingKeyFile: string },
): Promise<EvidenceLog> {
  const first = await parts.ledger.tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'evidence_origin')
    .executeTakeFirst();
  // A ledger that has a log must find it: making a new one would hide that the old one is gone.
  if (first !== undefined) return openEvidenceLog(options);
  await createSigningKey({ file: config.signingKeyFile, origin: config.evidenceOrigin }).catch(
    (error: unknown) => {
      if (!isCoded(error, 'evidence.key_exists')) throw error;
    },
  );
  const log = await openEvidenceLog({ ...options, create: true }).catch((error: unknown) => {
    if (isCoded(error, 'evidence.exists')) return openEvidenceLog(options);
    throw error;
  });
  await parts.ledger.transaction(async (writer) => {
    const entries = await writer.tables
      .selectFrom('evidence_entries')
      .select('seq')
      .limit(1)
      .execute();
    if (entries.length === 0) {
      await writer.record({
        kind: 'log.created',
        acting: SYSTEM,
        incidentId: null,
        data: {
          format: 'tocsin-evidence/v1',
          origin: config.evidenceOrigin,
          software: `tocsin/${VERSION}`,
        },
      });
    }
    await writer.tables
      .insertInto('settings')
      .values({ key: 'evidence_origin', value: config.evidenceOrigin })
      .execute();
  });
  return log;
}
