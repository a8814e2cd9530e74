// The scope as a form holds it: text in the site's time zone, lists as typed.
import type { DataClass, Scope } from '@tocsin/sidecar/contract';
import { toLocal } from '../words/zoned-time.ts';

export type Preset = Scope['preset'];
type Lists = Scope['include'];

export type ScopeForm = {
	preset: Preset;
	/** Values of `datetime-local` fields. */
	from: string;
	to: string;
	/** Only asked with the preset `custom`. */
	accounts: boolean;
	orders: boolean;
	paymentMethods: readonly string[];
	statuses: readonly string[];
	countries: readonly string[];
	/** Addresses and numbers as typed, separated by line breaks, commas or spaces. */
	includeEmails: string;
	includeOrders: string;
	includeUsers: string;
	excludeEmails: string;
	excludeOrders: string;
	excludeUsers: string;
	dataClasses: readonly DataClass[];
};

const basics: readonly DataClass[] = ['name', 'email'];
const shopping: readonly DataClass[] = [...basics, 'postal_address', 'phone', 'order_history'];

/** What usually leaks in such a case, ticked beforehand and open to change. */
export function usualDataClasses(preset: Preset): readonly DataClass[] {
	const usual: Record<Preset, readonly DataClass[]> = {
		everyone: shopping,
		accounts: [...basics, 'postal_address', 'phone', 'credentials_hash'],
		orders_in_window: shopping,
		checkout_skimmer: [...basics, 'postal_address', 'phone', 'payment_card'],
		list: basics,
		custom: basics,
	};
	return usual[preset];
}

export function usesWindow(form: Pick<ScopeForm, 'preset' | 'orders'>): boolean {
	return (
		form.preset === 'orders_in_window' ||
		form.preset === 'checkout_skimmer' ||
		(form.preset === 'custom' && form.orders)
	);
}

/** A tapped checkout took everybody who came by: choosing statuses there would leave people out. */
export function usesStatuses(preset: Preset): boolean {
	return preset === 'orders_in_window' || preset === 'custom';
}

export function emptyScopeForm(preset: Preset = 'everyone'): ScopeForm {
	return {
		preset,
		from: '',
		to: '',
		accounts: true,
		orders: true,
		paymentMethods: [],
		statuses: [],
		countries: [],
		includeEmails: '',
		includeOrders: '',
		includeUsers: '',
		excludeEmails: '',
		excludeOrders: '',
		excludeUsers: '',
		dataClasses: usualDataClasses(preset),
	};
}

const lines = (values: readonly (string | number)[]) => values.join('\n');

function listFields(include: Lists, exclude: Lists) {
	return {
		includeEmails: lines(include.emails),
		includeOrders: lines(include.order_ids),
		includeUsers: lines(include.user_ids),
		excludeEmails: lines(exclude.emails),
		excludeOrders: lines(exclude.order_ids),
		excludeUsers: lines(exclude.user_ids),
	};
}

/** A saved scope as a form again. */
export function formFromScope(scope: Scope, timeZone: string): ScopeForm {
	return {
		preset: scope.preset,
		from: toLocal(scope.orders?.created_from ?? null, timeZone),
		to: toLocal(scope.orders?.created_to ?? null, timeZone),
		accounts: scope.accounts !== null,
		orders: scope.orders !== null,
		paymentMethods: scope.orders?.payment_methods ?? [],
		statuses: scope.orders?.statuses ?? [],
		countries: scope.orders?.countries ?? scope.accounts?.countries ?? [],
		...listFields(scope.include, scope.exclude),
		dataClasses: scope.data_classes,
	};
}
