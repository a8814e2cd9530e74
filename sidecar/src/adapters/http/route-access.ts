// Lets a request in by the access its route asks for, and says on whose behalf it is made.
import type { Request } from 'express';
import type { RouteAccess } from '../../contract/index.ts';
import { acceptMessageOnce, forgetMessage } from '../../use-cases/accept-message-once.ts';
import type { Acting } from '../../use-cases/ports/acting.ts';
import type { Deps } from '../../use-cases/ports/deps.ts';
import { badActor, missingCapability } from './errors.ts';
import { readPluginActor } from './plugin-identity.ts';
import { findSigningKey, readSignedHeaders } from './signed-message.ts';
import { parseSigningKey } from './signing-key.ts';

export type AccessSettings = {
  /** Keys of the plugin, `whsec_…`: two while the key is changed. */
  pluginKeys: readonly string[];
  /** Keys of security tools with the name their signals carry; a name may stand twice while its key is changed. */
  monitorKeys: readonly { name: string; key: string }[];
};

export type AdmittedRequest = {
  acting: Acting;
  /** The sender's own id of this message. */
  messageId: string;
  /** To be called when the request could not be handled and its sender may repeat it under the same id. */
  release(): Promise<void>;
};

export interface RouteGate {
  /** Before the body is read: refuses what is unsigned or out of time without taking in a byte of it. */
  precheck(request: Request): void;
  admit(request: Request, body: Uint8Array, access: RouteAccess): Promise<AdmittedRequest>;
}

export function makeRouteGate(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  settings: AccessSettings,
): RouteGate {
  const plugin = settings.pluginKeys.map((key) => ({
    key: parseSigningKey(key, 'the plugin key'),
  }));
  const monitors = settings.monitorKeys.map(({ name, key }) => ({
    name,
    key: parseSigningKey(key, `the signal key ${name}`),
  }));

  async function admitPlugin(
    request: Request,
    body: Uint8Array,
    capability: string,
  ): Promise<AdmittedRequest> {
    const headers = readSignedHeaders(request.headers, deps.clock.now());
    const actor = request.get('tocsin-actor') ?? '';
    findSigningKey(plugin, headers, [
      `${request.method}\n${request.originalUrl}\n${actor}\n`,
      body,
    ]);
    if (actor === '') throw badActor();
    await acceptMessageOnce(deps, `plugin:${headers.id}`);
    const acting = readPluginActor(actor, deps.vault);
    if (!acting.capabilities.some((held) => held === capability)) {
      throw missingCapability(capability);
    }
    // The plugin makes a new id for each try.
    return { acting, messageId: headers.id, release: () => Promise.resolve() };
  }

  async function admitMonitor(request: Request, body: Uint8Array): Promise<AdmittedRequest> {
    const headers = readSignedHeaders(request.headers, deps.clock.now());
    const { name } = findSigningKey(monitors, headers, [body]);
    const seen = `monitor:${name.slice(0, 40)}:${headers.id}`;
    await acceptMessageOnce(deps, seen);
    return {
      acting: { actor: { id: name, kind: 'monitor', name }, subject: null, capabilities: [] },
      messageId: headers.id,
      release: () => forgetMessage(deps, seen),
    };
  }

  return {
    precheck: (request) => void readSignedHeaders(request.headers, deps.clock.now()),
    admit: (request, body, access) =>
      access.by === 'plugin'
        ? admitPlugin(request, body, access.capability)
        : admitMonitor(request, body),
  };
}
