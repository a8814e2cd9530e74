// What a count cannot see or does not count, each as a figure: never shown as nobody.
import type { AudienceCounts } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useSourceTitle } from '../state/data-map.tsx';
import { useSite } from '../state/site.tsx';
import { dataClassWords } from '../words/data-class-words.ts';
import { numberWords } from '../words/number-words.ts';
import { totalOf } from '../words/split-countries.ts';
import { Disclosure } from './disclosure.tsx';
import { TallyTable } from './tally-table.tsx';

/** Stands open: people may be missing because of it. */
export function UnreadList({ counts }: { counts: AudienceCounts }) {
	const { locale } = useSite();
	const sourceTitle = useSourceTitle();
	const unresolved = totalOf(counts.unresolved_values);
	if (counts.unread.length === 0 && unresolved === 0) {
		return null;
	}
	return (
		<div className="tocsin-box is-warning">
			<p>
				<strong>{__('Not everything could be read', 'tocsin')}</strong>
			</p>
			<ul>
				{counts.unread.map((gap) => (
					<li key={gap.code + gap.sentence}>
						{gap.sentence} <code className="tocsin-code">{gap.code}</code>
					</li>
				))}
				{unresolved === 0 ? null : (
					<li>
						{sprintf(
							/* translators: %s: number of values */
							_n(
								'%s value in scope could not be read: encrypted without a key, cut off or damaged.',
								'%s values in scope could not be read: encrypted without a key, cut off or damaged.',
								unresolved,
								'tocsin',
							),
							numberWords(unresolved, locale),
						)}
					</li>
				)}
			</ul>
			<TallyTable
				caption={__('Values that could not be read, by source', 'tocsin')}
				tallies={counts.unresolved_values}
				words={sourceTitle}
			/>
		</div>
	);
}

/** Folded: known, explained, and nobody's loss. */
export function NotCounted({ counts }: { counts: AudienceCounts }) {
	const { locale } = useSite();
	const sourceTitle = useSourceTitle();
	const number = (count: number) => numberWords(count, locale);
	const unlinked = totalOf(counts.unlinked_rows);
	if (counts.staff === 0 && unlinked === 0 && counts.anonymised_orders === 0) {
		return null;
	}
	return (
		<Disclosure label={__('Not among these people', 'tocsin')}>
			{counts.staff === 0 ? null : (
				<p>
					{sprintf(
						/* translators: %s: number of people */
						_n(
							'%s person who works for the shop and never bought: counted apart.',
							'%s people who work for the shop and never bought: counted apart.',
							counts.staff,
							'tocsin',
						),
						number(counts.staff),
					)}
				</p>
			)}
			{counts.anonymised_orders === 0 ? null : (
				<p>
					{sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s anonymised order was met: it belongs to nobody any more.',
							'%s anonymised orders were met: they belong to nobody any more.',
							counts.anonymised_orders,
							'tocsin',
						),
						number(counts.anonymised_orders),
					)}
				</p>
			)}
			<TallyTable
				caption={__('What outlived the erasure of those orders', 'tocsin')}
				tallies={counts.anonymised_remains}
				words={dataClassWords}
			/>
			<TallyTable
				caption={__('Rows that name nobody, by source', 'tocsin')}
				tallies={counts.unlinked_rows}
				words={sourceTitle}
				note={__('Such as an IP address alone, or an order that is gone.', 'tocsin')}
			/>
		</Disclosure>
	);
}
