// What a scope comes to: the people and how they add up first, what could not be seen next, the rest in tables that fold.
import type { AudienceCounts } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useSourceTitle } from '../state/data-map.tsx';
import { useSite } from '../state/site.tsx';
import { channelWords, contactabilityWords, countryWords } from '../words/count-words.ts';
import { dataClassWords } from '../words/data-class-words.ts';
import { numberWords, peopleWords } from '../words/number-words.ts';
import { roleWords, strengthWords } from '../words/person-words.ts';
import { splitCountries } from '../words/split-countries.ts';
import { NotCounted, UnreadList } from './count-gaps.tsx';
import { Disclosure } from './disclosure.tsx';
import { OrderStores } from './order-stores.tsx';
import { TallyTable } from './tally-table.tsx';

export function AudienceCountsView({ counts }: { counts: AudienceCounts }) {
	const { locale } = useSite();
	const sourceTitle = useSourceTitle();
	const { countries, states } = splitCountries(counts.by_country);
	const several = __('One person may stand in several lines.', 'tocsin');
	return (
		<div className="tocsin-counts">
			<HeadCount counts={counts} />
			<UnreadList counts={counts} />
			<Merges counts={counts} />
			<OrderStores stores={counts.order_stores} />
			<Disclosure label={__('Where they live', 'tocsin')}>
				<TallyTable
					caption={__('By country', 'tocsin')}
					tallies={countries}
					words={(key) => countryWords(key, locale)}
				/>
				<TallyTable
					caption={__('By state', 'tocsin')}
					tallies={states}
					words={(key) => countryWords(key, locale)}
				/>
			</Disclosure>
			<Disclosure label={__('Which data and where it was found', 'tocsin')}>
				<TallyTable
					caption={__('By kind of data', 'tocsin')}
					tallies={counts.by_data_class}
					words={dataClassWords}
					note={several}
				/>
				<TallyTable
					caption={__('By source', 'tocsin')}
					tallies={counts.by_source}
					words={sourceTitle}
					note={several}
				/>
				<TallyTable
					caption={__('By what they are to the shop', 'tocsin')}
					tallies={counts.by_role}
					words={roleWords}
					note={several}
				/>
			</Disclosure>
			<Disclosure label={__('How they can be reached', 'tocsin')}>
				<TallyTable
					caption={__('By way to reach them', 'tocsin')}
					tallies={counts.by_channel}
					words={channelWords}
				/>
				<TallyTable
					caption={__('Why some cannot be reached by e-mail', 'tocsin')}
					tallies={counts.by_unreachable_reason}
					words={contactabilityWords}
				/>
			</Disclosure>
			<NotCounted counts={counts} />
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

/** How rows came to be one person, and who may still be one. */
function Merges({ counts }: { counts: AudienceCounts }) {
	const { locale } = useSite();
	const number = (count: number) => numberWords(count, locale);
	return (
		<>
			{counts.hints === null || counts.hints === 0 ? null : (
				<p>
					{sprintf(
						/* translators: %s: number of groups */
						_n(
							'%s group of people may be one human: counted apart until somebody decides.',
							'%s groups of people may be one human each: counted apart until somebody decides.',
							counts.hints,
							'tocsin',
						),
						number(counts.hints),
					)}
				</p>
			)}
			{counts.by_merge.length === 0 ? null : (
				<Disclosure label={__('How rows became people', 'tocsin')}>
					<TallyTable
						caption={__('Rows by how sure their person is', 'tocsin')}
						tallies={counts.by_merge}
						words={strengthWords}
					/>
				</Disclosure>
			)}
		</>
	);
}
