// When two spellings are one mailbox: after folding, their characters are the same. Never the database's `=`: its usual
// collation also ignores accents and trailing spaces, and would mail one person about another.

/** NFC, outer white space removed, lower case. No plus or dot tricks: those can be different mailboxes. */
export function foldAddress(address: string): string {
  return address.normalize('NFC').trim().toLowerCase();
}
