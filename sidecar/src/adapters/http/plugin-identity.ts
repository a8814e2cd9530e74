// Who the plugin acts for: a WordPress user named in a signed header. That identity may prepare; it can never approve.
import { z } from 'zod';
import { Capability, type Capability as CapabilityName } from '../../contract/index.ts';
import type { Acting } from '../../use-cases/ports/acting.ts';
import type { Vault } from '../../use-cases/ports/vault.ts';
import { badActor } from './errors.ts';

const ActorHeader = z.object({
  user_id: z.int().positive(),
  login: z.string().max(100),
  // Empty would make its owner nobody, who could then not be told from an approver.
  email: z.string().trim().min(3).max(320),
  name: z.string().max(250),
  capabilities: z.array(z.string().max(100)).max(200),
});

/** From the value of `tocsin-actor`, after its signature was checked. Throws `request.bad_actor`. */
export function readPluginActor(header: string, vault: Pick<Vault, 'subject'>): Acting {
  const parsed = ActorHeader.safeParse(
    parseJson(Buffer.from(header, 'base64url').toString('utf8')),
  );
  if (!parsed.success) throw badActor();
  const { user_id: userId, login, email, name, capabilities } = parsed.data;
  const shown = name.trim() === '' ? login : name.trim();
  return {
    actor: {
      id: `wp:${userId}`,
      kind: 'wordpress',
      name: shown.slice(0, 200),
    },
    subject: vault.subject(email),
    capabilities: capabilities.filter(isCapability),
  };
}

function isCapability(name: string): name is CapabilityName {
  return Capability.safeParse(name).success;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badActor();
  }
}
