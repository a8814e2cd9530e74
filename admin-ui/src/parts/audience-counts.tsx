// What a scope comes to: the people, how they add up, and what could not be seen.
import type { AudienceCounts } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useSite } from '../state/site.tsx';
import { contactabilityWords, countryWords, sourceWords } from '../words/count-words.ts';
import { dataClassWords } from '../words/data-class-words.ts';
import { numberWords, peopleWords } from '../words/number-words.ts';
import { TallyTable } from './tally-table.tsx';

export function AudienceCountsView({ counts }: { counts: AudienceCounts }) {
	const { locale } = useSite();
	return (
		<div className="tocsin-counts">
			<HeadCount counts={counts} />
			<UnreadList counts={counts} />
			<TallyTable
				caption={__('Why some cannot be reached', 'tocsin')}
				tallies={counts.by_unreachable_reason}
				words={contactabilityWords}
			/>
			<TallyTable
				caption={__('By country', 'tocsin')}
				tallies={counts.by_country}
				words={(key) => countryWords(key, locale)}
			/>
			<TallyTable
				caption={__('By kind of data', 'tocsin')}
				tallies={counts.by_data_class}
				words={dataClassWords}
				note={__('One person may stand in several lines.', 'tocsin')}
			/>
			<TallyTable
				caption={__('By source', 'tocsin')}
				tallies={counts.by_source}
				words={sourceWords}
				note={__('One person may stand in several lines.', 'tocsin')}
			/>
			<OrderStores stores={counts.order_stores} anonymised={counts.anonymised_orders} />
		</div>
	);
}

/** The number, and the sum that makes it. */
export function HeadCount({ counts }: { counts: AudienceCounts }) {
	const { locale } = useSite();
	const number = (count: number) => numberWords(count, locale);
	return (
		<div className="tocsin-headcount">
			<p className="tocsin-headcount__people">{peopleWords(counts.people, locale)}</p>
			<p>
				{sprintf(
					/* translators: 1: people with an address, 2: people without one */
					__('= %1$s by e-mail + %2$s without any usable address', 'tocsin'),
					number(counts.reachable),
					number(counts.unreachable),
				)}
			</p>
			<p>
				{sprintf(
					/* translators: 1: people with an account, 2: guests */
					__('= %1$s with an account + %2$s guests', 'tocsin'),
					number(counts.registered),
					number(counts.guests),
				)}
			</p>
		</div>
	);
}

function UnreadList({ counts }: { counts: AudienceCounts }) {
	if (counts.unread.length === 0) {
		return null;
	}
	return (
		<div className="tocsin-box is-warning">
			<p>
				<strong>{__('Not everything could be read', 'tocsin')}</strong>
			</p>
			<ul>
				{counts.unread.map((gap) => (
					<li key={gap.code}>
						{gap.sentence} <code className="tocsin-code">{gap.code}</code>
					</li>
				))}
			</ul>
		</div>
	);
}

function OrderStores(given: { stores: AudienceCounts['order_stores']; anonymised: number }) {
	const { locale } = useSite();
	const { stores, anonymised } = given;
	const number = (count: number) => numberWords(count, locale);
	if (stores.orders === 0 && anonymised === 0) {
		return null;
	}
	return (
		<div className="tocsin-stores">
			<p className="tocsin-label">{__('Where the orders are', 'tocsin')}</p>
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
			{anonymised > 0 ? (
				<p>
					{sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s anonymised order was met: it belongs to nobody any more.',
							'%s anonymised orders were met: they belong to nobody any more.',
							anonymised,
							'tocsin',
						),
						number(anonymised),
					)}
				</p>
			) : null}
		</div>
	);
}
