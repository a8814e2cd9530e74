// The text of a file chosen in the browser, in whatever encoding spreadsheets wrote it.

/** UTF-8 and UTF-16 by their marks, else UTF-8; bytes that are not UTF-8 are taken as Windows' western letters. */
export function textOfBytes(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) {
		return new TextDecoder('utf-16le').decode(bytes);
	}
	if (first === 0xfe && second === 0xff) {
		return new TextDecoder('utf-16be').decode(bytes);
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}
