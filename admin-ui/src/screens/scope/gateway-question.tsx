// One payment provider: what its plugin keeps by itself, and the orders that were paid with it.
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { CheckList } from '../../fields/check-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { methodsOfFamilies } from '../../scope/source-choices.ts';
import { useSite } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { tallyOptions } from './scope-filters.tsx';
import { errorOf, type ScopePartGiven } from './scope-given.ts';
import { SourceChoice } from './source-choice.tsx';

export function GatewayQuestion(given: ScopePartGiven) {
	const api = useStoreApi();
	const { locale } = useSite();
	const { base, form, onChange } = given;
	const facts = useResource({ key: 'store', load: (signal) => api.storeFacts(signal) });
	const methods = facts.data?.payment_methods ?? [];
	/** Orders without a payment method chosen would be all orders. */
	const withMethods = (paymentMethods: readonly string[]) => ({
		paymentMethods,
		orders: paymentMethods.length > 0,
	});
	return (
		<>
			<SourceChoice
				id={`${base}-sourceIds`}
				legend={__('Which payment provider', 'tocsin')}
				known={given.sources}
				kinds={['gateway', 'custom']}
				chosen={form.sourceIds}
				error={errorOf(given.errors, 'sourceIds')}
				onChange={(sourceIds) => {
					const added = sourceIds.filter((id) => !form.sourceIds.includes(id));
					const guessed = methodsOfFamilies(
						methods.map((method) => method.key),
						added,
					);
					onChange({
						...form,
						...withMethods([...new Set([...form.paymentMethods, ...guessed])]),
						sourceIds,
						others: sourceIds.length > 0,
					});
				}}
			/>
			<Loaded resource={facts} loading={__('Looking what this store holds…', 'tocsin')}>
				{(found) => (
					<CheckList
						id={`${base}-paymentMethods`}
						legend={__('Orders paid with', 'tocsin')}
						help={__(
							'Nothing ticked means no orders: only what the plugin itself kept.',
							'tocsin',
						)}
						options={tallyOptions(found.payment_methods, form.paymentMethods, locale)}
						chosen={form.paymentMethods}
						onChange={(paymentMethods) => {
							onChange({ ...form, ...withMethods(paymentMethods) });
						}}
					/>
				)}
			</Loaded>
		</>
	);
}
