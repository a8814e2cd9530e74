// What /readyz and the status say of the parts the sidecar needs. Never throws: a part that does not answer is not ready.
import type { EvidenceLog } from './adapters/evidence-files/evidence-log.ts';
import type { Dependency } from './adapters/http/probe-router.ts';
import { pingStore } from './adapters/store-database/store-server.ts';
import type { StorePool } from './adapters/store-database/store-pool.ts';
import { isCoded } from './domain/coded-error.ts';
import type { EvidenceIntegrator } from './runner/evidence-integrator.ts';
import type { Ledger } from './use-cases/ports/ledger.ts';

/** So many entries that nobody signs are a fault, not a moment's work. */
const WAITING_MOST = 10_000;

export type ReadinessParts = {
  ledger: Ledger;
  pool: StorePool;
  evidence: EvidenceIntegrator<EvidenceLog>;
};

export async function readiness(parts: ReadinessParts): Promise<Dependency[]> {
  return [
    await readLedger(parts.ledger),
    await readStore(parts.pool),
    await readEvidence(parts.evidence),
  ];
}

async function readLedger(ledger: Ledger): Promise<Dependency> {
  const name = 'ledger';
  try {
    await ledger.tables
      .selectFrom('settings')
      .select('value')
      .where('key', '=', 'schema_version')
      .executeTakeFirst();
    return { name, ok: true, sentence: 'The ledger can be read.' };
  } catch {
    return { name, ok: false, sentence: 'The ledger cannot be read.' };
  }
}

async function readStore(pool: StorePool): Promise<Dependency> {
  const name = 'store_database';
  try {
    return {
      name,
      ok: true,
      sentence: `The shop's database answers in ${await pingStore(pool)} ms.`,
    };
  } catch (error) {
    const sentence = isCoded(error) ? error.message : "The shop's database does not answer.";
    return { name, ok: false, sentence };
  }
}

async function readEvidence(evidence: ReadinessParts['evidence']): Promise<Dependency> {
  const name = 'evidence_log';
  const { size } = evidence.log().head();
  try {
    const waiting = await evidence.waiting();
    const sentence = `${size} entries are signed, ${waiting} wait.`;
    return { name, ok: waiting < WAITING_MOST, sentence };
  } catch {
    return {
      name,
      ok: false,
      sentence: `${size} entries are signed; how many wait cannot be read from the ledger.`,
    };
  }
}
