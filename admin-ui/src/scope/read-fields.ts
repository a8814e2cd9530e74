// Reads single fields of the scope form and keeps what is wrong with them, each under the name of its field.
import { __, sprintf } from '@wordpress/i18n';
import { toLocal, toUtc } from '../words/zoned-time.ts';
import type { ScopeForm, TimeField } from './scope-form.ts';
import {
	entriesOf,
	isAddress,
	isIpAddress,
	isNumber,
	isState,
	phrasesOf,
	type Entry,
} from './typed-lists.ts';

export type FormField = keyof ScopeForm;
export type FormError = { field: FormField; message: string };

/** As the sidecar's contract has them. */
const most = { lists: 50_000, products: 1_000, states: 1_000, ipAddresses: 1_000 };
/** More would only say the same again. */
const mostNamed = 3;

type ListField =
	| 'includeEmails'
	| 'excludeEmails'
	| 'includeOrders'
	| 'excludeOrders'
	| 'includeUsers'
	| 'excludeUsers'
	| 'products';

export type FieldReader = ReturnType<typeof readFields>;

export function readFields(form: ScopeForm, timeZone: string) {
	const errors: FormError[] = [];
	const wrong = (field: FormField, message: string) => {
		if (!errors.some((error) => error.field === field)) {
			errors.push({ field, message });
		}
	};
	function checked(
		field: FormField,
		entries: Entry[],
		rule: { most: number; isGood: (text: string) => boolean; words: string },
	): string[] {
		if (entries.length > rule.most) {
			/* translators: 1: number of entries given, 2: largest allowed number */
			const words = __('Too many entries: %1$d. At most %2$d are allowed.', 'tocsin');
			wrong(field, sprintf(words, entries.length, rule.most));
		}
		const bad = entries.filter((entry) => !rule.isGood(entry.text));
		if (bad.length > 0) {
			wrong(field, `${rule.words} ${lineWords(bad)}`);
		}
		return entries.map((entry) => entry.text);
	}
	function time(field: TimeField): string | null {
		const text = form[field];
		const saved = form.savedTimes[field];
		if (saved !== undefined && toLocal(saved, timeZone) === text) {
			return saved;
		}
		const instant = toUtc(text, timeZone);
		if (text !== '' && instant === null) {
			wrong(field, __('This is not a date with a time.', 'tocsin'));
		}
		return instant;
	}
	return {
		errors,
		wrong,
		time,
		need: (field: TimeField, sentence: string) => {
			if (form[field] === '') {
				wrong(field, sentence);
			}
		},
		window: (from: TimeField, to: TimeField): [string | null, string | null] => {
			const [begin, end] = [time(from), time(to)];
			if (begin !== null && end !== null && Date.parse(begin) >= Date.parse(end)) {
				wrong(to, __('The end must be later than the beginning.', 'tocsin'));
			}
			return [begin, end];
		},
		addresses: (field: ListField) =>
			checked(field, entriesOf(form[field]), {
				most: most.lists,
				isGood: isAddress,
				words: __('Not an e-mail address:', 'tocsin'),
			}),
		numbers: (field: ListField) =>
			checked(field, entriesOf(form[field]), {
				most: field === 'products' ? most.products : most.lists,
				isGood: isNumber,
				words: __('Not a number:', 'tocsin'),
			})
				.map(Number)
				.filter((value) => Number.isSafeInteger(value)),
		ipAddresses: () =>
			checked('ipAddresses', entriesOf(form.ipAddresses), {
				most: most.ipAddresses,
				isGood: isIpAddress,
				words: __('Not an IP address:', 'tocsin'),
			}),
		states: (field: 'states' | 'accountStates') =>
			checked(field, phrasesOf(form[field]), {
				most: most.states,
				isGood: isState,
				words: __('Not a state as in US-CA:', 'tocsin'),
			}),
	};
}

/** `line 3: abc; line 9: def`, and how many more. */
function lineWords(bad: readonly Entry[]): string {
	const named = bad
		.slice(0, mostNamed)
		/* translators: 1: number of a line, 2: what was typed there */
		.map((entry) => sprintf(__('line %1$d: %2$s', 'tocsin'), entry.line, entry.text));
	const rest = bad.length - named.length;
	return rest === 0
		? named.join('; ')
		: /* translators: 1: list such as "line 3: abc", 2: number of further ones */
			sprintf(__('%1$s; and %2$d more', 'tocsin'), named.join('; '), rest);
}
