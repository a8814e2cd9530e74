// How stores leak: what each preset fills in, and what it asks first. A preset decides nothing by itself: the scope is
// read from the fields, so that everything it fills in can be seen and changed.
import type { DataClass, DataMapPage, Incident, Scope } from '@tocsin/sidecar/contract';

export type Preset = Scope['preset'];
export type SourceFact = DataMapPage['sources'][number];

/** What a preset asks before anything else, in this order. */
export type Question = 'places' | 'gateway' | 'forms' | 'window' | 'as_of' | 'import' | 'lists';

export type PresetRule = {
	accounts: boolean;
	orders: boolean;
	/** Other places: all mapped ones, or those it picks among the sources of the data map. */
	others: 'all' | ((known: readonly SourceFact[]) => readonly string[]);
	asks: readonly Question[];
	/** What usually leaks in such a case, ticked beforehand and open to change. */
	dataClasses: readonly DataClass[];
};

const basics: readonly DataClass[] = ['name', 'email'];
const profile: readonly DataClass[] = [...basics, 'postal_address', 'phone'];
const shopping: readonly DataClass[] = [...profile, 'order_history'];

const whole = { accounts: true, orders: true, others: 'all' } as const;
const nothing = { accounts: false, orders: false, others: () => [] };

/** Rows that name people who may never have ordered. */
function cartSources(known: readonly SourceFact[]): readonly string[] {
	return presentIds(known, (source) => /\.(sessions|carts)$/.test(source.id));
}

function presentIds(
	known: readonly SourceFact[],
	isWanted: (source: SourceFact) => boolean,
): readonly string[] {
	return known.filter((source) => source.present && isWanted(source)).map((source) => source.id);
}

const rules: Readonly<Record<Preset, PresetRule>> = {
	everyone: { ...whole, asks: [], dataClasses: shopping },
	accounts: {
		...nothing,
		accounts: true,
		asks: [],
		dataClasses: [...profile, 'credentials_hash'],
	},
	customer_table: {
		...nothing,
		accounts: true,
		others: (known) =>
			presentIds(known, (source) => source.id === 'woocommerce.customer-lookup'),
		asks: [],
		dataClasses: [...profile, 'order_history'],
	},
	orders_in_window: { ...nothing, orders: true, asks: ['window'], dataClasses: shopping },
	checkout_skimmer: {
		...nothing,
		orders: true,
		others: cartSources,
		asks: ['window'],
		dataClasses: [...profile, 'payment_card'],
	},
	gateway_data: {
		...nothing,
		asks: ['gateway', 'window'],
		dataClasses: [...profile, 'payment_card_partial', 'payment_token'],
	},
	password_hashes: {
		...nothing,
		accounts: true,
		asks: [],
		dataClasses: [...basics, 'credentials_hash'],
	},
	api_key_reads: { ...nothing, asks: ['import'], dataClasses: shopping },
	form_entries: { ...nothing, asks: ['forms', 'window'], dataClasses: [...basics, 'free_text'] },
	stolen_backup: {
		...whole,
		asks: ['as_of'],
		dataClasses: [...shopping, 'credentials_hash', 'ip_address'],
	},
	misdirected_export: { ...nothing, asks: ['import'], dataClasses: profile },
	list: { ...nothing, asks: ['lists'], dataClasses: basics },
	custom: {
		...nothing,
		accounts: true,
		orders: true,
		asks: ['places', 'window'],
		dataClasses: basics,
	},
};

export function presetRule(preset: Preset): PresetRule {
	return rules[preset];
}

/** What an incident of this kind most likely took, chosen before anybody has chosen. */
export function presetFor(type: Incident['type']): Preset {
	const usual: Record<Incident['type'], Preset> = {
		database_access: 'everyone',
		checkout_skimmer: 'checkout_skimmer',
		account_takeover: 'everyone',
		gateway_data: 'gateway_data',
		stolen_backup: 'stolen_backup',
		misdirected_export: 'misdirected_export',
		api_key_abuse: 'api_key_reads',
		other: 'everyone',
	};
	return usual[type];
}

/** A tapped checkout took everybody who came by: choosing statuses there would leave people out. */
export function offersStatuses(preset: Preset): boolean {
	return preset !== 'checkout_skimmer';
}

/**
 * Sources that `accounts` and `orders` read by themselves: as sources they name nobody else, and choosing them would say
 * the same twice.
 */
const ownPlaces: ReadonlySet<string> = new Set([
	'wordpress.users',
	'wordpress.usermeta-profile',
	'woocommerce.orders-hpos',
	'woocommerce.order-addresses',
	'woocommerce.orders-legacy',
	'woocommerce.orders-legacy-meta',
]);

export function isChoosable(source: SourceFact): boolean {
	return source.yields !== 'none' && !ownPlaces.has(source.id);
}
