// Narrowing orders by payment method, status and country, from what this store really holds.
import type { StoreFacts, Tally } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { CheckList } from '../../fields/check-list.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usesStatuses } from '../../scope/scope-form.ts';
import { useSite } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { countryWords, orderStatusWords } from '../../words/count-words.ts';
import { numberWords } from '../../words/number-words.ts';
import type { ScopeFieldsGiven } from './scope-fields.tsx';

export function ScopeFilters(given: ScopeFieldsGiven) {
	const { form } = given;
	if (form.preset === 'everyone' || form.preset === 'list') {
		return null;
	}
	const chosen = form.paymentMethods.length + form.statuses.length + form.countries.length;
	return (
		<Disclosure
			label={__('Narrow it down by payment method, status or country', 'tocsin')}
			isOpenAtFirst={chosen > 0}
		>
			<Filters {...given} />
		</Disclosure>
	);
}

function Filters({ base, form, onChange }: ScopeFieldsGiven) {
	const api = useStoreApi();
	const { locale } = useSite();
	const facts = useResource({ key: 'store', load: (signal) => api.storeFacts(signal) });
	const options = (
		tallies: readonly Tally[],
		chosen: readonly string[],
		words: (key: string) => string,
	) =>
		withChosen(tallies, chosen).map((tally) => ({
			value: tally.key,
			label: `${words(tally.key)} (${numberWords(tally.count, locale)})`,
		}));
	const any = __('Nothing ticked means any.', 'tocsin');
	const hasOrders = form.preset !== 'accounts' && (form.preset !== 'custom' || form.orders);
	return (
		<Loaded resource={facts} loading={__('Looking what this store holds…', 'tocsin')}>
			{(found: StoreFacts) => (
				<>
					{hasOrders ? (
						<CheckList
							id={`${base}-paymentMethods`}
							legend={__('Payment methods', 'tocsin')}
							help={any}
							options={options(
								found.payment_methods,
								form.paymentMethods,
								(key) => key,
							)}
							chosen={form.paymentMethods}
							onChange={(paymentMethods) => {
								onChange({ ...form, paymentMethods });
							}}
						/>
					) : null}
					{hasOrders && usesStatuses(form.preset) ? (
						<CheckList
							id={`${base}-statuses`}
							legend={__('Order statuses', 'tocsin')}
							help={any}
							options={options(found.order_statuses, form.statuses, orderStatusWords)}
							chosen={form.statuses}
							onChange={(statuses) => {
								onChange({ ...form, statuses });
							}}
						/>
					) : null}
					<CheckList
						id={`${base}-countries`}
						legend={__('Countries', 'tocsin')}
						help={any}
						options={options(
							found.countries.filter((tally) => /^[A-Z]{2}$/.test(tally.key)),
							form.countries,
							(key) => countryWords(key, locale),
						)}
						chosen={form.countries}
						onChange={(countries) => {
							onChange({ ...form, countries });
						}}
					/>
				</>
			)}
		</Loaded>
	);
}

/** What was chosen stays in sight when the store no longer holds it. */
function withChosen(tallies: readonly Tally[], chosen: readonly string[]): Tally[] {
	const missing = chosen.filter((key) => !tallies.some((tally) => tally.key === key));
	return [...tallies, ...missing.map((key) => ({ key, count: 0 }))];
}
