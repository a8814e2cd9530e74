// The newest frozen list against the one before it: who was added, who was removed, and why each is or was there.
import type { AudienceChanges } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useSourceTitle } from '../../state/data-map.tsx';
import { useSite } from '../../state/site.tsx';
import { usePagedList } from '../../state/use-paged-list.ts';
import { Pager } from '../../tables/pager.tsx';
import { numberWords, peopleWords } from '../../words/number-words.ts';
import { personName } from '../people/people-columns.tsx';
import { reasonWords } from '../people/reason-words.ts';

export function AudienceChangesList(given: { incidentId: string; audienceId: string }) {
	const api = useStoreApi();
	const [summary, setSummary] = useState<AudienceChanges | null>(null);
	const list = usePagedList({
		name: given.audienceId,
		load: async (query, signal) => {
			const changes = await api.audienceChanges(
				given.incidentId,
				{ ...query, search: undefined },
				signal,
			);
			setSummary(changes);
			const { items, next_cursor } = changes;
			return { items, next_cursor, total: changes.added + changes.removed };
		},
	});
	return (
		<Loaded resource={list.page} loading={__('Comparing the two lists…', 'tocsin')}>
			{(page) => (
				<>
					{summary === null ? null : <Summary changes={summary} />}
					<ul className="tocsin-cards">
						{page.items.map((item) => (
							<li key={`${item.change} ${item.person.person_id}`}>
								<Change item={item} />
							</li>
						))}
					</ul>
					<Pager
						caption={__('Changes', 'tocsin')}
						list={list}
						countWords={(count, text) =>
							/* translators: %s: number of changes */
							sprintf(_n('%s change', '%s changes', count, 'tocsin'), text)
						}
					/>
				</>
			)}
		</Loaded>
	);
}

function Summary({ changes }: { changes: AudienceChanges }) {
	const { locale } = useSite();
	const { before, after } = changes;
	const number = (count: number) => numberWords(count, locale);
	if (before === null || after === null) {
		return (
			<p>{__('This is the first frozen list: there is none to compare with.', 'tocsin')}</p>
		);
	}
	return (
		<>
			<p className="tocsin-sentence">
				{sprintf(
					/* translators: 1: people on the new list, 2: people who stayed, 3: people who were added */
					__('%1$s = %2$s who stayed + %3$s added', 'tocsin'),
					peopleWords(after.people, locale),
					number(changes.kept),
					number(changes.added),
				)}
			</p>
			<p>
				{sprintf(
					/* translators: 1: people on the list before, 2: people who stayed, 3: people who were removed */
					__('Before: %1$s = %2$s who stayed + %3$s removed', 'tocsin'),
					peopleWords(before.people, locale),
					number(changes.kept),
					number(changes.removed),
				)}{' '}
				<span className="tocsin-note">
					{__('Frozen', 'tocsin')} <Time at={before.frozen_at} />
				</span>
			</p>
			<p className="tocsin-note">
				{__(
					'Of people who were merged one stays and the others stand here as removed; of somebody who was split, the new person stands here as added.',
					'tocsin',
				)}
			</p>
		</>
	);
}

function Change({ item }: { item: AudienceChanges['items'][number] }) {
	const sourceTitle = useSourceTitle();
	const { change, person, reasons } = item;
	return (
		<>
			<p>
				<strong>
					{change === 'added' ? __('Added', 'tocsin') : __('Removed', 'tocsin')}:{' '}
					<bdi>{personName(person)}</bdi>
				</strong>{' '}
				<bdi className="tocsin-note">
					{person.email ?? __('no e-mail address', 'tocsin')}
				</bdi>
			</p>
			<p className="tocsin-note">
				{change === 'added'
					? __('Here because of:', 'tocsin')
					: __('Was here because of:', 'tocsin')}
			</p>
			<ul>
				{reasons.map((reason) => (
					<li key={`${reason.source} ${reason.row} ${reason.via} ${reason.role}`}>
						{reasonWords(reason, sourceTitle)}
					</li>
				))}
			</ul>
		</>
	);
}
