// Lists as people type or paste them, read entry by entry with the line each stands on.

export type Entry = { text: string; line: number };

/** Entries separated by blanks, commas, semicolons or line breaks; a leading `#` and doubles are dropped. */
export function entriesOf(text: string): Entry[] {
	return uniqueEntries(text, /[\s,;]+/);
}

/** As `entriesOf`, but blanks belong to an entry: states such as `IE-Co. Cork`. */
export function phrasesOf(text: string): Entry[] {
	return uniqueEntries(text, /[,;]+/);
}

function uniqueEntries(text: string, separator: RegExp): Entry[] {
	const seen = new Set<string>();
	return text.split(/\r\n|\r|\n/).flatMap((lineText, index) =>
		lineText
			.split(separator)
			.map((entry) => entry.trim().replace(/^#/, ''))
			.filter((entry) => {
				const isNew = entry !== '' && !seen.has(entry);
				seen.add(entry);
				return isNew;
			})
			.map((entry) => ({ text: entry, line: index + 1 })),
	);
}

export function isAddress(text: string): boolean {
	return /^[^@\s]+@[^@\s]+$/.test(text) && text.length <= 320;
}

export function isNumber(text: string): boolean {
	return /^[1-9]\d{0,14}$/.test(text);
}

/** An IPv4 or IPv6 address by its look; the sidecar compares it with what the store kept. */
export function isIpAddress(text: string): boolean {
	return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^(?=.*:)[0-9a-f:.]{2,45}$/i.test(text);
}

/** `US-CA`: country and the state as WooCommerce stores it. */
export function isState(text: string): boolean {
	return /^[A-Z]{2}-.{1,40}$/u.test(text);
}
