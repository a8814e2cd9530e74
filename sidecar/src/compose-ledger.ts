// Opens what every command beside `verify` needs: the ledger, the vault and the settings of a manifest.
import { chmod, mkdir } from 'node:fs/promises';
import { openLedger, type OpenLedger } from './adapters/ledger/open-ledger.ts';
import { systemClock, systemIds, systemRandomness } from './adapters/system/system-deps.ts';
import { openVault } from './adapters/vault/open-vault.ts';
import type { Config } from './config/load-config.ts';
import type { Deps } from './use-cases/ports/deps.ts';
import type { PlanSettings } from './use-cases/ports/plan-settings.ts';

export type LedgerParts = Deps & {
  ledger: OpenLedger;
  plan: PlanSettings;
  close(): Promise<void>;
};

/** Makes the data folder and the ledger when they are not there yet; only this user may enter the folder. */
export async function openLedgerParts(config: Config): Promise<LedgerParts> {
  await mkdir(config.data_folder, { recursive: true, mode: 0o700 });
  const ledger = await openLedger({ file: config.ledgerFile, clock: systemClock });
  await chmod(config.ledgerFile, 0o600);
  return {
    ledger,
    clock: systemClock,
    ids: systemIds,
    randomness: systemRandomness,
    vault: openVault({ masterKey: config.masterKey }),
    plan: planOf(config),
    close: () => ledger.close(),
  };
}

function planOf(config: Config): PlanSettings {
  return {
    provider: 'postmark',
    stream: config.postmark.stream,
    from: config.postmark.from,
    batchSize: config.delivery.batch_size,
    concurrency: config.delivery.concurrency,
    approvalsRequired: config.approvals.required,
    expiryHours: config.approvals.expire_hours,
    consoleOrigin: config.origin,
  };
}
