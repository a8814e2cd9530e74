// The plan part of a manifest: how it is sent. Made from the configuration, and compared with it before anything is approved.
import type { ManifestBody } from '../../contract/manifest.ts';
import { sha256Hex } from './manifest-hash.ts';

export type SendingSettings = {
  /** `postmark`, or `drill` for a sidecar that must never send. */
  provider: 'postmark' | 'drill';
  stream: string;
  /** The sender as in a `From` header. */
  from: string;
  batchSize: number;
  concurrency: number;
};

/** A drill's plan names the provider `drill`, whatever is configured. */
export function makePlan(settings: SendingSettings, drill: boolean): ManifestBody['plan'] {
  return {
    channels: ['email'],
    provider: drill ? 'drill' : settings.provider,
    stream: settings.stream,
    from_hash: sha256Hex(settings.from),
    batch_size: settings.batchSize,
    concurrency: settings.concurrency,
  };
}

/** False when the configuration was changed after the manifest was prepared. */
export function isPlanCurrent(body: ManifestBody, settings: SendingSettings): boolean {
  const now = makePlan(settings, body.drill);
  return (
    body.plan.provider === now.provider &&
    body.plan.stream === now.stream &&
    body.plan.from_hash === now.from_hash &&
    body.plan.batch_size === now.batch_size &&
    body.plan.concurrency === now.concurrency
  );
}
