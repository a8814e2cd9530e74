// More filters, folded: whatever narrows the scope besides what the preset asks. Nothing that is set hides elsewhere.
import type { StoreFacts, Tally } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { CheckList } from '../../fields/check-list.tsx';
import { TextAreaField, TextField } from '../../fields/text-field.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { offersStatuses, presetRule, type Question } from '../../scope/presets.ts';
import type { ScopeForm } from '../../scope/scope-form.ts';
import { useSite } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { countryWords, orderStatusWords } from '../../words/count-words.ts';
import { numberWords } from '../../words/number-words.ts';
import { personRoles, roleWords } from '../../words/person-words.ts';
import { errorOf, type ScopePartGiven } from './scope-given.ts';
import { Places } from './scope-questions.tsx';
import { AsOf, OtherWindow, RegisteredWindow, Window } from './scope-times.tsx';

export function ScopeFilters(given: ScopePartGiven) {
	const { form } = given;
	const { asks } = presetRule(form.preset);
	return (
		<Disclosure
			label={__('More filters', 'tocsin')}
			isOpenAtFirst={hasFilters(form, asks) || given.errors.some(isFilterError)}
		>
			<Filters {...given} asks={asks} />
		</Disclosure>
	);
}

const filterFields = ['states', 'accountStates', 'products', 'ipAddresses', 'registeredTo'];

function isFilterError(error: { field: string }): boolean {
	return filterFields.includes(error.field);
}

function hasFilters(form: ScopeForm, asks: readonly Question[]): boolean {
	const isAsked = (question: Question) => asks.includes(question);
	return (
		[form.statuses, form.countries, form.roles].some((list) => list.length > 0) ||
		(form.paymentMethods.length > 0 && !isAsked('gateway')) ||
		[form.states, form.products, form.ipAddresses, form.registeredFrom, form.registeredTo].some(
			(text) => text !== '',
		) ||
		(form.asOf !== '' && !isAsked('as_of')) ||
		(form.from + form.to !== '' && !isAsked('window')) ||
		form.hasOtherWindow ||
		form.hasAccountPlaces
	);
}

function Filters(given: ScopePartGiven & { asks: readonly Question[] }) {
	const { asks, base, errors, form, onChange } = given;
	const asksPlaces = asks.some((question) => ['places', 'gateway', 'forms'].includes(question));
	return (
		<>
			{asksPlaces ? null : <Places {...given} />}
			{asks.includes('window') || !(form.orders || form.others) ? null : (
				<Window {...given} />
			)}
			{form.hasOtherWindow ? <OtherWindow {...given} /> : null}
			{form.accounts ? <RegisteredWindow {...given} /> : null}
			{asks.includes('as_of') ? null : <AsOf {...given} />}
			<FromStore {...given} />
			{form.orders ? (
				<TextField
					id={`${base}-products`}
					label={__('Numbers of products, any of which was bought', 'tocsin')}
					help={__(
						'Products or variations, separated by commas. Empty means any.',
						'tocsin',
					)}
					value={form.products}
					error={errorOf(errors, 'products')}
					onChange={(products) => {
						onChange({ ...form, products });
					}}
				/>
			) : null}
			<CheckList
				id={`${base}-roles`}
				legend={__('Only people who', 'tocsin')}
				help={__(
					'Nothing ticked means all but those who work for the shop; they are counted apart.',
					'tocsin',
				)}
				options={personRoles.map((role) => ({ value: role, label: roleWords(role) }))}
				chosen={form.roles}
				onChange={(roles) => {
					onChange({ ...form, roles });
				}}
			/>
			<TextAreaField
				id={`${base}-ipAddresses`}
				label={__('Only rows of visitors with these IP addresses', 'tocsin')}
				help={__('One on each line. Empty means any.', 'tocsin')}
				rows={2}
				value={form.ipAddresses}
				error={errorOf(errors, 'ipAddresses')}
				onChange={(ipAddresses) => {
					onChange({ ...form, ipAddresses });
				}}
			/>
		</>
	);
}

/** Filters that offer what this store really holds. */
function FromStore(given: ScopePartGiven & { asks: readonly Question[] }) {
	const api = useStoreApi();
	const { locale } = useSite();
	const { asks, base, form, onChange } = given;
	const facts = useResource({ key: 'store', load: (signal) => api.storeFacts(signal) });
	const any = __('Nothing ticked means any.', 'tocsin');
	return (
		<Loaded resource={facts} loading={__('Looking what this store holds…', 'tocsin')}>
			{(found: StoreFacts) => (
				<>
					{form.orders && !asks.includes('gateway') ? (
						<CheckList
							id={`${base}-paymentMethods`}
							legend={__('Payment methods', 'tocsin')}
							help={any}
							options={tallyOptions(
								found.payment_methods,
								form.paymentMethods,
								locale,
							)}
							chosen={form.paymentMethods}
							onChange={(paymentMethods) => {
								onChange({ ...form, paymentMethods });
							}}
						/>
					) : null}
					{form.orders && (offersStatuses(form.preset) || form.statuses.length > 0) ? (
						<CheckList
							id={`${base}-statuses`}
							legend={__('Order statuses', 'tocsin')}
							help={any}
							options={tallyOptions(
								found.order_statuses,
								form.statuses,
								locale,
								orderStatusWords,
							)}
							chosen={form.statuses}
							onChange={(statuses) => {
								onChange({ ...form, statuses });
							}}
						/>
					) : null}
					{form.orders || form.accounts ? (
						<CountryFilter
							{...given}
							field="countries"
							statesField="states"
							legend={__('Countries', 'tocsin')}
							options={countryOptions(found, form.countries, locale)}
						/>
					) : null}
					{form.hasAccountPlaces ? (
						<CountryFilter
							{...given}
							field="accountCountries"
							statesField="accountStates"
							legend={__('Countries of accounts', 'tocsin')}
							options={countryOptions(found, form.accountCountries, locale)}
						/>
					) : null}
				</>
			)}
		</Loaded>
	);
}

function CountryFilter(
	given: ScopePartGiven & {
		field: 'countries' | 'accountCountries';
		statesField: 'states' | 'accountStates';
		legend: string;
		options: { value: string; label: string }[];
	},
) {
	const { base, errors, field, form, onChange, statesField } = given;
	return (
		<>
			<CheckList
				id={`${base}-${field}`}
				legend={given.legend}
				help={__('Nothing ticked means any.', 'tocsin')}
				options={given.options}
				chosen={form[field]}
				onChange={(countries) => {
					onChange({ ...form, [field]: countries });
				}}
			/>
			<TextField
				id={`${base}-${statesField}`}
				label={
					field === 'countries'
						? __('States', 'tocsin')
						: __('States of accounts', 'tocsin')
				}
				help={__('Such as US-CA, US-NY. Empty means any.', 'tocsin')}
				value={form[statesField]}
				error={errorOf(errors, statesField)}
				onChange={(states) => {
					onChange({ ...form, [statesField]: states });
				}}
			/>
		</>
	);
}

function countryOptions(found: StoreFacts, chosen: readonly string[], locale: string) {
	return tallyOptions(
		found.countries.filter((tally) => /^[A-Z]{2}$/.test(tally.key)),
		chosen,
		locale,
		(key) => countryWords(key, locale),
	);
}

/** What was chosen stays in sight when the store no longer holds it. */
export function tallyOptions(
	tallies: readonly Tally[],
	chosen: readonly string[],
	locale: string,
	words: (key: string) => string = (key) => key,
): { value: string; label: string }[] {
	const missing = chosen.filter((key) => !tallies.some((tally) => tally.key === key));
	return [...tallies, ...missing.map((key) => ({ key, count: 0 }))].map((tally) => ({
		value: tally.key,
		label: `${words(tally.key)} (${numberWords(tally.count, locale)})`,
	}));
}
