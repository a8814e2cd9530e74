// E-mail addresses for invented people. Each holds the person's number, so that no two people share
// one, and ends in a domain nobody can own.
import type { Random } from './random.ts';

const DOMAINS = [
  ['example.com', 5],
  ['example.net', 3],
  ['example.org', 2],
] as const;

export type AddressBook = {
  /** The person's own address, lower case. */
  readonly own: string;
  /** A second address of the same person. */
  readonly other: string;
};

export function inventAddresses(latinName: string, number: number, random: Random): AddressBook {
  const local = `${latinName}.${number.toString(36)}`;
  return {
    own: `${local}@${random.weighted(DOMAINS)}`,
    other: `${local}.billing@${random.weighted(DOMAINS)}`,
  };
}

/** `ann.1@example.com` becomes `ann.1+shop2f@example.com`; the number keeps it unique. */
export function withTag(address: string, number: number): string {
  const [local = '', domain = ''] = address.split('@');
  return `${local}+shop${number.toString(36)}@${domain}`;
}

/** The same address in other letters, never exactly as given. */
export function inOtherCase(address: string, random: Random): string {
  const [local = '', domain = ''] = address.split('@');
  const titled = local.replace(/(^|\.)[a-z]/g, (start) => start.toUpperCase());
  const choices = [
    address.toUpperCase(),
    `${titled}@${domain}`,
    `${local}@${domain.replace('example', 'Example')}`,
    `${titled}@${domain.toUpperCase()}`,
  ].filter((choice) => choice !== address);
  return random.pick(choices);
}
