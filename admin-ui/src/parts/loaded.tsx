// A resource in each of its states: loading, failed, old, or good. Old data always says how old it is.
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useSite } from '../state/site.tsx';
import type { Resource } from '../state/use-resource.ts';
import { clockWords } from '../words/time-words.ts';
import { Loading } from './loading.tsx';
import { LoadProblem } from './load-problem.tsx';

export function Loaded<T>(given: {
	resource: Resource<T>;
	/** Said while loading, such as "Loading the incident…". */
	loading: string;
	children: (data: T) => ReactNode;
}) {
	const { data, problem, loadedAt, reload } = given.resource;
	if (data === null) {
		return problem === null ? (
			<Loading what={given.loading} />
		) : (
			<LoadProblem problem={problem} onRetry={() => void reload()} />
		);
	}
	return (
		<>
			{problem === null || loadedAt === null ? null : (
				<OldMark loadedAt={loadedAt} onRetry={() => void reload()} />
			)}
			{given.children(data)}
		</>
	);
}

export function OldMark({ loadedAt, onRetry }: { loadedAt: number; onRetry: () => void }) {
	const site = useSite();
	return (
		<div className="tocsin-box is-warning tocsin-old" role="status">
			<p>
				<strong>
					{sprintf(
						/* translators: %s: time of day, such as 14:02 */
						__('As of %s, not up to date.', 'tocsin'),
						clockWords(loadedAt, site),
					)}
				</strong>{' '}
				{__('The last try to load this again failed.', 'tocsin')}
			</p>
			<button type="button" className="button" onClick={onRetry}>
				{__('Load again', 'tocsin')}
			</button>
		</div>
	);
}
