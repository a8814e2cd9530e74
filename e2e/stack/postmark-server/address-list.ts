// Reads the address lists of To, Cc, Bcc, ReplyTo and From as Postmark does: comma-separated,
// each `a@b.c`, `Name <a@b.c>` or `"Name, with comma" <a@b.c>`.

/** One address as Postmark's search answers show it; Name is '' when none was given. */
export interface Address {
  readonly Email: string;
  readonly Name: string;
}

const EMAIL =
  /^[^\s@<>()[\]\\,;:"]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/** True for a bare address with a dotted domain; letters of any script are allowed. */
export function isEmail(text: string): boolean {
  return text.length <= 320 && EMAIL.test(text);
}

/** The addresses of a list, or undefined when any entry is not an address. An empty list is []. */
export function parseAddressList(list: string): Address[] | undefined {
  if (list.trim() === '') return [];
  const addresses: Address[] = [];
  const entries = splitOutsideQuotes(list);
  if (!entries) return undefined;
  for (const entry of entries) {
    const address = parseAddress(entry.trim());
    if (!address) return undefined;
    addresses.push(address);
  }
  return addresses;
}

function parseAddress(entry: string): Address | undefined {
  if (isEmail(entry)) return { Email: entry, Name: '' };
  const open = entry.lastIndexOf('<');
  if (open === -1 || !entry.endsWith('>')) return undefined;
  const email = entry.slice(open + 1, -1).trim();
  if (!isEmail(email)) return undefined;
  return { Email: email, Name: unquote(entry.slice(0, open).trim()) };
}

function unquote(name: string): string {
  const quoted = name.length >= 2 && name.startsWith('"') && name.endsWith('"');
  return quoted ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}

/** Undefined when a quote is left open. */
function splitOutsideQuotes(list: string): string[] | undefined {
  if (!list.includes('"')) return list.split(',');
  const entries: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < list.length; i += 1) {
    const char = list[i];
    if (quoted && char === '\\') i += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      entries.push(list.slice(start, i));
      start = i + 1;
    }
  }
  entries.push(list.slice(start));
  return quoted ? undefined : entries;
}
