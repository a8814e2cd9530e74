// What delivery needs beyond the usual: the provider, the signed log, and its own settings.
import type { SettlePatience } from '../../domain/delivery/settle-rule.ts';
import type { Deps } from './deps.ts';
import type { EvidenceFlusher } from './ledger.ts';
import type { MailProvider } from './mail-provider.ts';

export type DeliverySettings = {
  /** Sender address; its hash is in the manifest. */
  from: string;
  /** Right-hand side of Message-IDs. */
  messageIdDomain: string;
  patience: SettlePatience;
};

export type DeliveryDeps = Deps & {
  /** The provider of this name (`postmark`, `drill`). */
  providerOf: (name: string) => MailProvider;
  evidence: EvidenceFlusher;
  settings: DeliverySettings;
  /** This process, for leases: unique for each start. */
  owner: string;
};
