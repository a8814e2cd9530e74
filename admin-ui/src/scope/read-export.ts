// Reads addresses and order numbers from what was pasted or from a file: a CSV with any separator, or one entry a line.
// All of it happens in the browser. A line that names neither is told with its number, never dropped in silence.
import { isAddress, isNumber } from './typed-lists.ts';

export type BadLine = { line: number; text: string };
export type ExportReading = {
	emails: string[];
	orders: string[];
	/** Lines that hold something, without the heading. */
	lines: number;
	bad: BadLine[];
};

type Row = { line: number; cells: string[] };

const addressHeading = /e-?mail|adresse? ?mail|courriel|correo/i;
/** Whole words only: the column `Order total` holds numbers too, and they are nobody's order. */
const orderHeading =
	/^(order|bestellung|bestell|auftrags?|commande|pedido|ordine)[ _-]?(id|ids|no\.?|nr\.?|num|number|nummer|n°|#)?$/i;
const longestShown = 80;

export function readExport(text: string): ExportReading {
	const rows = rowsOf(text.replace(/^\uFEFF/, ''));
	const [first] = rows;
	const heading = first !== undefined && rows.length > 1 && isHeading(first) ? first : null;
	const body = heading === null ? rows : rows.slice(1);
	const columns = columnsOf(heading, body);
	const emails = new Set<string>();
	const orders = new Set<string>();
	const bad: BadLine[] = [];
	for (const row of body) {
		const found = namedIn(row, columns);
		found.emails.forEach((email) => emails.add(email));
		found.orders.forEach((order) => orders.add(order));
		if (found.emails.length + found.orders.length === 0 || found.isDamaged) {
			bad.push({ line: row.line, text: row.cells.join(', ').slice(0, longestShown) });
		}
	}
	return { emails: [...emails], orders: [...orders], lines: body.length, bad };
}

type Columns = { emails: readonly number[]; orders: readonly number[] };

/** A heading names its columns; without one every cell is looked at, and a number counts where it stands alone. */
function columnsOf(heading: Row | null, body: readonly Row[]): Columns {
	const named = (pattern: RegExp) =>
		(heading?.cells ?? []).flatMap((cell, index) => (pattern.test(cell) ? [index] : []));
	const emails = named(addressHeading);
	const orders = named(orderHeading);
	const width = Math.max(0, ...body.map((row) => row.cells.length));
	const all = Array.from({ length: width }, (_, index) => index);
	return {
		emails:
			emails.length > 0
				? emails
				: all.filter((index) =>
						body.some((row) => isAddress(withoutName(row.cells[index] ?? ''))),
					),
		orders: orders.length > 0 ? orders : width === 1 ? [0] : [],
	};
}

function namedIn({ cells }: Row, columns: Columns) {
	const given = (indexes: readonly number[]) =>
		indexes.map((index) => cells[index] ?? '').filter((cell) => cell !== '');
	const inEmails = given(columns.emails);
	const emails = inEmails.map(withoutName).filter(isAddress);
	const orders = given(columns.orders)
		.map((cell) => cell.replace(/^#/, ''))
		.filter(isNumber);
	const isShared = columns.emails.some((index) => columns.orders.includes(index));
	return {
		emails,
		orders,
		/** Something stands where an address should, and is none. */
		isDamaged: !isShared && emails.length < inEmails.length,
	};
}

/** `Ann Lee <ann@example.com>` as mail programs write it. */
function withoutName(cell: string): string {
	return /<([^<>\s]+@[^<>\s]+)>$/.exec(cell)?.[1] ?? cell;
}

function isHeading({ cells }: Row): boolean {
	return !cells.some((cell) => isAddress(withoutName(cell)) || isNumber(cell.replace(/^#/, '')));
}

/** Rows with something in them; a quoted cell may hold separators, quotes and line breaks. */
function rowsOf(text: string): Row[] {
	const separator = separatorOf(text);
	const rows: Row[] = [];
	let cells: string[] = [];
	let cell = '';
	let isQuoted = false;
	let line = 1;
	let startedAt = 1;
	const endCell = () => {
		cells.push(cell.trim());
		cell = '';
	};
	const endRow = () => {
		endCell();
		if (cells.some((each) => each !== '')) {
			rows.push({ line: startedAt, cells });
		}
		cells = [];
		startedAt = line;
	};
	const whole = text.replace(/\r\n?/g, '\n');
	for (let at = 0; at < whole.length; at += 1) {
		const character = whole.charAt(at);
		line += character === '\n' ? 1 : 0;
		if (isQuoted) {
			if (character !== '"') {
				cell += character;
			} else if (whole.charAt(at + 1) === '"') {
				cell += '"';
				at += 1;
			} else {
				isQuoted = false;
			}
		} else if (character === '"' && cell.trim() === '') {
			isQuoted = true;
			cell = '';
		} else if (character === '\n') {
			endRow();
		} else if (character === separator) {
			endCell();
		} else {
			cell += character;
		}
	}
	endRow();
	return rows;
}

/** The separator that stands most often in the first lines; a comma when there is none. */
function separatorOf(text: string): string {
	const sample = text.split('\n', 20).join('\n');
	const counts = [',', ';', '\t', '|'].map((mark) => ({
		mark,
		count: sample.split(mark).length,
	}));
	return counts.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}
