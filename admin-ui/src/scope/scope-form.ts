// The scope as a form holds it: text in the site's time zone, lists as typed. Every part of a scope has its field, so
// that a saved scope comes back whole.
import type { DataClass, PersonRole, Scope } from '@tocsin/sidecar/contract';
import { toLocal } from '../words/zoned-time.ts';
import { presetRule, type Preset, type SourceFact } from './presets.ts';

export type TimeField =
	'from' | 'to' | 'registeredFrom' | 'registeredTo' | 'otherFrom' | 'otherTo' | 'asOf';
export const timeFields: readonly TimeField[] = [
	'from',
	'to',
	'registeredFrom',
	'registeredTo',
	'otherFrom',
	'otherTo',
	'asOf',
];

/** Values of `datetime-local` fields. `from` and `to` are of orders. */
type TimeTexts = Record<TimeField, string>;

export type ScopeForm = TimeTexts & {
	preset: Preset;
	/** The instants the time fields were filled from: a field is only exact to the minute. */
	savedTimes: Partial<Record<TimeField, string>>;
	accounts: boolean;
	orders: boolean;
	/** Other places of the data map; none chosen means all mapped ones. */
	others: boolean;
	sourceIds: readonly string[];
	/** What becomes of rows of other places that bear no date, when there is a window. */
	undated: 'take_in' | 'leave_out';
	/** `otherFrom` and `otherTo` count; else other places take the window of orders. */
	hasOtherWindow: boolean;
	paymentMethods: readonly string[];
	statuses: readonly string[];
	countries: readonly string[];
	/** Such as `US-CA`, separated by commas or line breaks. */
	states: string;
	/** Accounts are filtered by countries and states of their own; else by those of orders. */
	hasAccountPlaces: boolean;
	accountCountries: readonly string[];
	accountStates: string;
	products: string;
	roles: readonly PersonRole[];
	ipAddresses: string;
	/** Addresses and numbers as typed, separated by line breaks, commas or spaces. */
	includeEmails: string;
	includeOrders: string;
	includeUsers: string;
	excludeEmails: string;
	excludeOrders: string;
	excludeUsers: string;
	dataClasses: readonly DataClass[];
};

const noTimes: TimeTexts = {
	from: '',
	to: '',
	registeredFrom: '',
	registeredTo: '',
	otherFrom: '',
	otherTo: '',
	asOf: '',
};
const noFilters = {
	hasOtherWindow: false,
	paymentMethods: [],
	statuses: [],
	countries: [],
	states: '',
	hasAccountPlaces: false,
	accountCountries: [],
	accountStates: '',
	products: '',
	roles: [],
	ipAddresses: '',
} satisfies Partial<ScopeForm>;
const noLists = {
	includeEmails: '',
	includeOrders: '',
	includeUsers: '',
	excludeEmails: '',
	excludeOrders: '',
	excludeUsers: '',
} satisfies Partial<ScopeForm>;

export function emptyScopeForm(
	preset: Preset = 'everyone',
	sources: readonly SourceFact[] = [],
): ScopeForm {
	return {
		...noTimes,
		...noFilters,
		...noLists,
		preset,
		savedTimes: {},
		// A cart bears no date: leaving it out would miss whoever never ordered.
		undated: 'take_in',
		...filledBy(preset, sources),
	};
}

/** What a preset fills in; `sources` are those of the data map. */
function filledBy(preset: Preset, sources: readonly SourceFact[]) {
	const rule = presetRule(preset);
	const sourceIds = rule.others === 'all' ? [] : rule.others(sources);
	return {
		accounts: rule.accounts,
		orders: rule.orders,
		// No source to be found must not come to mean all of them.
		others: rule.others === 'all' || sourceIds.length > 0,
		sourceIds,
		dataClasses: rule.dataClasses,
	};
}

/**
 * Another preset begins with its own places and without filters: one that stays from before, folded away, would leave
 * people out. What was typed by hand stays: the window where it is asked for, and the lists.
 */
export function withPreset(
	form: ScopeForm,
	preset: Preset,
	sources: readonly SourceFact[],
): ScopeForm {
	const { asks } = presetRule(preset);
	const keptTimes = {
		...noTimes,
		...(asks.includes('window') ? { from: form.from, to: form.to } : {}),
		...(asks.includes('as_of') ? { asOf: form.asOf } : {}),
	};
	return { ...form, ...keptTimes, ...noFilters, preset, ...filledBy(preset, sources) };
}

const lines = (values: readonly (string | number)[]) => values.join('\n');

function isSame(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** A saved scope as a form again. */
export function formFromScope(scope: Scope, timeZone: string): ScopeForm {
	const { accounts, orders, sources } = scope;
	const places = orders ?? accounts;
	const window = orders === null ? sources : null;
	const instants: Record<TimeField, string | null> = {
		from: window?.from ?? orders?.created_from ?? null,
		to: window?.to ?? orders?.created_to ?? null,
		registeredFrom: accounts?.registered_from ?? null,
		registeredTo: accounts?.registered_to ?? null,
		otherFrom: sources?.from ?? null,
		otherTo: sources?.to ?? null,
		asOf: scope.as_of,
	};
	const { include, exclude } = scope;
	return {
		...timeTexts(instants, timeZone),
		preset: scope.preset,
		accounts: accounts !== null,
		orders: orders !== null,
		others: sources !== null,
		sourceIds: sources?.ids ?? [],
		undated: sources?.undated ?? 'take_in',
		hasOtherWindow:
			orders !== null &&
			sources !== null &&
			(orders.created_from !== sources.from || orders.created_to !== sources.to),
		paymentMethods: orders?.payment_methods ?? [],
		statuses: orders?.statuses ?? [],
		countries: places?.countries ?? [],
		states: lines(places?.states ?? []),
		hasAccountPlaces:
			accounts !== null &&
			orders !== null &&
			!(
				isSame(accounts.countries, orders.countries) &&
				isSame(accounts.states, orders.states)
			),
		accountCountries: accounts?.countries ?? [],
		accountStates: lines(accounts?.states ?? []),
		products: lines(orders?.products ?? []),
		roles: scope.roles,
		ipAddresses: lines(scope.ip_addresses),
		includeEmails: lines(include.emails),
		includeOrders: lines(include.order_ids),
		includeUsers: lines(include.user_ids),
		excludeEmails: lines(exclude.emails),
		excludeOrders: lines(exclude.order_ids),
		excludeUsers: lines(exclude.user_ids),
		dataClasses: scope.data_classes,
	};
}

function timeTexts(
	instants: Record<TimeField, string | null>,
	timeZone: string,
): TimeTexts & Pick<ScopeForm, 'savedTimes'> {
	const texts = { ...noTimes };
	const savedTimes: ScopeForm['savedTimes'] = {};
	for (const field of timeFields) {
		const instant = instants[field];
		texts[field] = toLocal(instant, timeZone);
		if (instant !== null) {
			savedTimes[field] = instant;
		}
	}
	return { ...texts, savedTimes };
}
