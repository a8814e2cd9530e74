// People who may be one human, group by group. Nothing is asked for before the reader wants to see them: looking leaves a
// trace.
import type { Hint } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { SelectField } from '../../fields/select-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePagedList } from '../../state/use-paged-list.ts';
import { Pager } from '../../tables/pager.tsx';
import { HintCard } from './hint-card.tsx';
import { hintKinds, hintKindWords, hintStateWords } from './review-words.ts';

const states: readonly Hint['state'][] = ['open', 'merged', 'kept_apart'];

export function HintList(given: {
	incidentId: string;
	audienceId: string;
	/** Null where nothing can be decided any more. */
	onDecided: (() => void) | null;
}) {
	const api = useStoreApi();
	const base = useId();
	const [said, setSaid] = useState('');
	const list = usePagedList({
		name: given.audienceId,
		load: (query, signal) =>
			api.listHints(given.incidentId, { ...query, search: undefined }, signal),
		start: { filters: { state: 'open' }, limit: 10 },
	});
	const filter = (name: string, value: string) => {
		const { [name]: _dropped, ...rest } = list.query.filters;
		list.setQuery({
			...list.query,
			filters: value === '' ? rest : { ...rest, [name]: value },
		});
	};
	const { onDecided } = given;
	const decided =
		onDecided === null
			? null
			: (words: string) => {
					setSaid(words);
					onDecided();
					void list.page.reload();
				};
	return (
		<>
			<div className="tocsin-pair">
				<SelectField
					id={`${base}-state`}
					label={__('Show', 'tocsin')}
					value={list.query.filters['state'] ?? ''}
					options={[
						...states.map((state) => ({ value: state, label: hintStateWords(state) })),
						{ value: '', label: __('All', 'tocsin') },
					]}
					onChange={(value) => {
						filter('state', value);
					}}
				/>
				<SelectField
					id={`${base}-kind`}
					label={__('What they share', 'tocsin')}
					value={list.query.filters['kind'] ?? ''}
					options={[
						{ value: '', label: __('Anything', 'tocsin') },
						...hintKinds.map((kind) => ({ value: kind, label: hintKindWords(kind) })),
					]}
					onChange={(value) => {
						filter('kind', value);
					}}
				/>
			</div>
			<p role="status">{said}</p>
			<Loaded resource={list.page} loading={__('Loading the groups…', 'tocsin')}>
				{(page) => (
					<>
						{page.items.length === 0 ? (
							<p>{__('No group of this kind.', 'tocsin')}</p>
						) : (
							<ul className="tocsin-cards">
								{page.items.map((hint) => (
									<li key={hint.id}>
										<HintCard
											incidentId={given.incidentId}
											hint={hint}
											onDecided={decided}
										/>
									</li>
								))}
							</ul>
						)}
						<Pager
							caption={__('Groups', 'tocsin')}
							list={list}
							countWords={(count, text) =>
								/* translators: %s: number of groups */
								sprintf(_n('%s group', '%s groups', count, 'tocsin'), text)
							}
						/>
					</>
				)}
			</Loaded>
		</>
	);
}
