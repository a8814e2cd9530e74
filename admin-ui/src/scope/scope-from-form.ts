// From the scope form to a scope, or to what is wrong with the form, field by field.
import type { Scope } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { toUtc } from '../words/zoned-time.ts';
import { usesStatuses, usesWindow, type ScopeForm } from './scope-form.ts';

export type FormError = { field: keyof ScopeForm; message: string };
export type ScopeOutcome = { scope: Scope; errors: null } | { scope: null; errors: FormError[] };

const mostEntries = 50_000;

function entriesOf(text: string): string[] {
	const entries = text.split(/[\s,;]+/).map((entry) => entry.replace(/^#/, ''));
	return [...new Set(entries.filter((entry) => entry !== ''))];
}

/** Reads each field once and keeps what is wrong with it. */
function makeReader(form: ScopeForm, timeZone: string) {
	const errors: FormError[] = [];
	const wrong = (field: keyof ScopeForm, message: string) => errors.push({ field, message });

	function limited(field: keyof ScopeForm, entries: string[]): string[] {
		if (entries.length > mostEntries) {
			/* translators: 1: number of entries given, 2: largest allowed number */
			const words = __('Too many entries: %1$d. At most %2$d are allowed.', 'tocsin');
			wrong(field, sprintf(words, entries.length, mostEntries));
		}
		return entries;
	}
	return {
		errors,
		wrong,
		time(field: 'from' | 'to', sentence: string): string | null {
			const instant = toUtc(form[field], timeZone);
			if (instant === null) {
				wrong(field, sentence);
			}
			return instant;
		},
		addresses(field: 'includeEmails' | 'excludeEmails'): string[] {
			const entries = limited(field, entriesOf(form[field]));
			const bad = entries.filter(
				(entry) => !/^[^@\s]+@[^@\s]+$/.test(entry) || entry.length > 320,
			);
			if (bad.length > 0) {
				/* translators: %s: what was typed */
				wrong(
					field,
					sprintf(__('This is not an e-mail address: %s', 'tocsin'), bad[0] ?? ''),
				);
			}
			return entries;
		},
		numbers(
			field: 'includeOrders' | 'excludeOrders' | 'includeUsers' | 'excludeUsers',
		): number[] {
			const entries = limited(field, entriesOf(form[field]));
			const bad = entries.filter((entry) => !/^[1-9]\d{0,14}$/.test(entry));
			if (bad.length > 0) {
				/* translators: %s: what was typed */
				wrong(field, sprintf(__('This is not a number: %s', 'tocsin'), bad[0] ?? ''));
			}
			return entries.map(Number).filter((value) => Number.isSafeInteger(value));
		},
	};
}

type Reader = ReturnType<typeof makeReader>;

function listsOf(reader: Reader): Pick<Scope, 'include' | 'exclude'> {
	return {
		include: {
			emails: reader.addresses('includeEmails'),
			order_ids: reader.numbers('includeOrders'),
			user_ids: reader.numbers('includeUsers'),
		},
		exclude: {
			emails: reader.addresses('excludeEmails'),
			order_ids: reader.numbers('excludeOrders'),
			user_ids: reader.numbers('excludeUsers'),
		},
	};
}

/** A custom scope may leave a time open; the two presets about a window may not. */
function windowOf(form: ScopeForm, reader: Reader): { from: string | null; to: string | null } {
	if (!usesWindow(form)) {
		return { from: null, to: null };
	}
	const mayBeOpen = form.preset === 'custom';
	const from =
		mayBeOpen && form.from === ''
			? null
			: reader.time('from', __('Say from when. A date and a time are needed.', 'tocsin'));
	const to =
		mayBeOpen && form.to === ''
			? null
			: reader.time('to', __('Say until when. A date and a time are needed.', 'tocsin'));
	if (from !== null && to !== null && from >= to) {
		reader.wrong('to', __('The end must be later than the beginning.', 'tocsin'));
	}
	return { from, to };
}

function sourcesOf(form: ScopeForm, reader: Reader): Pick<Scope, 'accounts' | 'orders'> {
	const window = windowOf(form, reader);
	const countries = [...form.countries];
	const accounts = { registered_from: null, registered_to: null, countries };
	const orders = {
		created_from: window.from,
		created_to: window.to,
		payment_methods: [...form.paymentMethods],
		statuses: usesStatuses(form.preset) ? [...form.statuses] : [],
		countries,
	};
	const everyOrder = { ...orders, payment_methods: [], countries: [] };
	switch (form.preset) {
		case 'everyone':
			return { accounts: { ...accounts, countries: [] }, orders: everyOrder };
		case 'accounts':
			return { accounts, orders: null };
		case 'orders_in_window':
		case 'checkout_skimmer':
			return { accounts: null, orders };
		case 'list':
			return { accounts: null, orders: null };
		case 'custom':
			return {
				accounts: form.accounts ? accounts : null,
				orders: form.orders ? orders : null,
			};
	}
}

/** The form as a scope when nothing is wrong with it. */
export function scopeFromForm(form: ScopeForm, timeZone: string): ScopeOutcome {
	const reader = makeReader(form, timeZone);
	const sources = sourcesOf(form, reader);
	const lists = listsOf(reader);
	const named = (form.includeEmails + form.includeOrders + form.includeUsers).trim() !== '';
	if (sources.accounts === null && sources.orders === null && !named) {
		reader.wrong(
			form.preset === 'list' ? 'includeEmails' : 'accounts',
			form.preset === 'list'
				? __('Name at least one address, order number or user number.', 'tocsin')
				: __('Choose accounts, orders or both, or name people.', 'tocsin'),
		);
	}
	if (form.dataClasses.length === 0) {
		reader.wrong('dataClasses', __('Choose at least one kind of data.', 'tocsin'));
	}
	if (reader.errors.length > 0) {
		return { scope: null, errors: reader.errors };
	}
	return {
		scope: {
			version: 1,
			preset: form.preset,
			...sources,
			...lists,
			data_classes: [...form.dataClasses],
		},
		errors: null,
	};
}
