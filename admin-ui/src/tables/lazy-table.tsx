// The table with its state around it. DataViews weighs more than everything else, so it comes in a file of its own.
import { __ } from '@wordpress/i18n';
import { lazy, Suspense, type ComponentType } from 'react';
import { Loading } from '../parts/loading.tsx';
import { OldMark } from '../parts/loaded.tsx';
import { LoadProblem } from '../parts/load-problem.tsx';
import type { PagedTableGiven } from './paged-table.tsx';

const PagedTable = lazy(async () => ({
	default: (await import(/* webpackChunkName: "table" */ './paged-table.tsx')).PagedTable,
}));

export function ServerTable<T>(given: PagedTableGiven<T>) {
	// `lazy` forgets the type parameter of the component it wraps.
	const Table = PagedTable as unknown as ComponentType<PagedTableGiven<T>>;
	const { data, problem, loadedAt, reload } = given.list.page;
	if (data === null && problem !== null) {
		return <LoadProblem problem={problem} onRetry={() => void reload()} />;
	}
	return (
		<Suspense fallback={<Loading what={__('Loading the table…', 'tocsin')} />}>
			{problem === null || loadedAt === null ? null : (
				<OldMark loadedAt={loadedAt} onRetry={() => void reload()} />
			)}
			<Table {...given} />
		</Suspense>
	);
}
