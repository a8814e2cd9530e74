// Looks for the customers in what must not hold them: the evidence bundle and the sidecar's log.
import { readFile } from 'node:fs/promises';
import { openZipArchive } from '../../sidecar/src/adapters/evidence-files/zip-archive.ts';
import type { Truth, TruePerson } from '../stack/seed/truth.ts';

/** What tells a customer's data apart from chance: whole addresses, and full names of at least this many characters. */
const SHORTEST_NAME = 6;

/** Addresses and names of everybody in the shop, folded to lower case. */
export async function secretsOf(truth: Truth): Promise<string[]> {
  const secrets = new Set<string>();
  for await (const person of truth.people()) {
    for (const address of person.addresses) secrets.add(address.toLowerCase());
    if (person.contact !== null) secrets.add(person.contact.toLowerCase());
    const name = person.name.trim().toLowerCase();
    if (name.length >= SHORTEST_NAME && name.includes(' ')) secrets.add(name);
  }
  return [...secrets];
}

/** The places (`<member>` or `<file>`) where any of the secrets stands; empty is good. */
export function placesHolding(
  texts: ReadonlyMap<string, string>,
  secrets: readonly string[],
): string[] {
  return [...texts].flatMap(([name, text]) => {
    const folded = text.toLowerCase();
    return secrets.some((secret) => folded.includes(secret)) ? [name] : [];
  });
}

/** Every member of the zip as text, by name. */
export async function readBundle(file: string): Promise<Map<string, string>> {
  const archive = await openZipArchive(file);
  try {
    const texts = new Map<string, string>();
    for (const name of archive.members.keys()) {
      texts.set(name, Buffer.from((await archive.read(name)) ?? []).toString('utf8'));
    }
    return texts;
  } finally {
    await archive.close();
  }
}

export async function readLog(file: string): Promise<Map<string, string>> {
  return new Map([[file, await readFile(file, 'utf8')]]);
}

/** A customer, not staff, who is written to. */
export async function firstWithAddress(truth: Truth): Promise<TruePerson & { contact: string }> {
  for await (const person of truth.people()) {
    if (person.orders.length > 0 && person.contact !== null)
      return { ...person, contact: person.contact };
  }
  throw new Error('nobody in this shop has an address');
}
