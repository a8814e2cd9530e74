// Where the orders are: WooCommerce keeps them in two stores, and both are always read.
import type { AudienceCounts } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useSite } from '../state/site.tsx';
import { numberWords } from '../words/number-words.ts';

export function OrderStores({ stores }: { stores: AudienceCounts['order_stores'] }) {
	const { locale } = useSite();
	const number = (count: number) => numberWords(count, locale);
	if (stores.orders === 0) {
		return null;
	}
	return (
		<div className="tocsin-stores">
			<p>
				{sprintf(
					/* translators: 1: all orders, 2: in new tables only, 3: in old posts only, 4: in both */
					__(
						'%1$s orders = %2$s only in the new order tables + %3$s only in old posts + %4$s in both',
						'tocsin',
					),
					number(stores.orders),
					number(stores.hpos_only),
					number(stores.legacy_only),
					number(stores.both),
				)}
			</p>
			{stores.differing > 0 ? (
				<p className="tocsin-deadline is-warning">
					{sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s order says different things in the two stores; both versions are counted.',
							'%s orders say different things in the two stores; both versions are counted.',
							stores.differing,
							'tocsin',
						),
						number(stores.differing),
					)}
				</p>
			) : null}
		</div>
	);
}
