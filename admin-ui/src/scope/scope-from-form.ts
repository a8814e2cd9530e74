// From the scope form to a scope, or to what is wrong with the form, field by field.
import type { Scope } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { presetRule } from './presets.ts';
import { readFields, type FieldReader, type FormError } from './read-fields.ts';
import type { ScopeForm } from './scope-form.ts';

export type { FormError } from './read-fields.ts';
export type ScopeOutcome = { scope: Scope; errors: null } | { scope: null; errors: FormError[] };

/** The form as a scope when nothing is wrong with it. */
export function scopeFromForm(form: ScopeForm, timeZone: string): ScopeOutcome {
	const fields = readFields(form, timeZone);
	const scope: Scope = {
		version: 1,
		preset: form.preset,
		...placesOf(form, fields),
		as_of: fields.time('asOf'),
		ip_addresses: fields.ipAddresses(),
		roles: [...form.roles],
		include: {
			emails: fields.addresses('includeEmails'),
			order_ids: fields.numbers('includeOrders'),
			user_ids: fields.numbers('includeUsers'),
		},
		exclude: {
			emails: fields.addresses('excludeEmails'),
			order_ids: fields.numbers('excludeOrders'),
			user_ids: fields.numbers('excludeUsers'),
		},
		data_classes: [...form.dataClasses],
	};
	checkQuestions(form, fields);
	checkPlaces(form, fields);
	if (form.dataClasses.length === 0) {
		fields.wrong('dataClasses', __('Choose at least one kind of data.', 'tocsin'));
	}
	return fields.errors.length > 0
		? { scope: null, errors: fields.errors }
		: { scope, errors: null };
}

function placesOf(
	form: ScopeForm,
	fields: FieldReader,
): Pick<Scope, 'accounts' | 'orders' | 'sources'> {
	const [from, to] = fields.window('from', 'to');
	const [registeredFrom, registeredTo] = fields.window('registeredFrom', 'registeredTo');
	const [otherFrom, otherTo] = form.hasOtherWindow
		? fields.window('otherFrom', 'otherTo')
		: [from, to];
	const where = { countries: [...form.countries], states: fields.states('states') };
	const whereAccounts = form.hasAccountPlaces
		? { countries: [...form.accountCountries], states: fields.states('accountStates') }
		: where;
	return {
		accounts: form.accounts
			? {
					registered_from: registeredFrom,
					registered_to: registeredTo,
					...whereAccounts,
				}
			: null,
		orders: form.orders
			? {
					created_from: from,
					created_to: to,
					payment_methods: [...form.paymentMethods],
					statuses: [...form.statuses],
					...where,
					products: fields.numbers('products'),
				}
			: null,
		sources: form.others
			? { ids: [...form.sourceIds], from: otherFrom, to: otherTo, undated: form.undated }
			: null,
	};
}

/** What the preset asks must be answered; a window may stay open where it only narrows. */
function checkQuestions(form: ScopeForm, fields: FieldReader) {
	const { asks } = presetRule(form.preset);
	if (form.preset === 'orders_in_window' || form.preset === 'checkout_skimmer') {
		fields.need('from', __('Say from when. A date and a time are needed.', 'tocsin'));
		fields.need('to', __('Say until when. A date and a time are needed.', 'tocsin'));
	}
	if (asks.includes('as_of')) {
		fields.need('asOf', __('Say when the backup was made.', 'tocsin'));
	}
}

/** A scope without any place would be everybody's or nobody's; both are said by other presets. */
function checkPlaces(form: ScopeForm, fields: FieldReader) {
	const named = (form.includeEmails + form.includeOrders + form.includeUsers).trim() !== '';
	if (form.accounts || form.orders || form.others || named) {
		return;
	}
	const { asks } = presetRule(form.preset);
	if (asks.includes('gateway')) {
		fields.wrong('sourceIds', __('Choose the gateway, a payment method or both.', 'tocsin'));
	} else if (asks.includes('forms')) {
		fields.wrong('sourceIds', __('Choose whose entries leaked.', 'tocsin'));
	} else if (asks.includes('import') || asks.includes('lists')) {
		fields.wrong(
			'includeEmails',
			__('Name at least one address, order number or user number.', 'tocsin'),
		);
	} else {
		fields.wrong(
			'accounts',
			__('Choose accounts, orders or other places, or name people.', 'tocsin'),
		);
	}
}
