// A list read page by page with cursors: remembers the cursors behind it, so that one can go back.
import type { Page } from '@tocsin/sidecar/contract';
import { useCallback, useState } from 'react';
import { useResource, type Resource } from './use-resource.ts';

export type ListQuery = {
	search: string;
	filters: Readonly<Record<string, string>>;
	limit: number;
};

export type PagedList<T> = {
	page: Resource<Page<T>>;
	query: ListQuery;
	/** From 0. */
	pageNumber: number;
	setQuery: (query: ListQuery) => void;
	next: (() => void) | null;
	previous: (() => void) | null;
};

const emptyQuery: ListQuery = { search: '', filters: {}, limit: 20 };

/** `name` tells apart lists that the same component shows one after the other. */
export function usePagedList<T>(given: {
	name: string;
	load: (
		query: Record<string, string | number | undefined>,
		signal: AbortSignal,
	) => Promise<Page<T>>;
	start?: Partial<ListQuery>;
	pollMs?: () => number | null;
}): PagedList<T> {
	const [query, setListQuery] = useState<ListQuery>({ ...emptyQuery, ...given.start });
	const [cursors, setCursors] = useState<readonly string[]>([]);
	const cursor = cursors.at(-1);
	const page = useResource<Page<T>>({
		key: JSON.stringify([given.name, query, cursor]),
		keep: true,
		load: (signal) =>
			given.load(
				{ ...query.filters, search: query.search, limit: query.limit, cursor },
				signal,
			),
		...(given.pollMs === undefined ? {} : { pollMs: given.pollMs }),
	});
	const setQuery = useCallback((next: ListQuery) => {
		setListQuery((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
		setCursors((before) => (before.length === 0 ? before : []));
	}, []);
	const nextCursor = page.data?.next_cursor ?? null;
	return {
		page,
		query,
		pageNumber: cursors.length,
		setQuery,
		next:
			nextCursor === null
				? null
				: () => {
						setCursors([...cursors, nextCursor]);
					},
		previous:
			cursors.length === 0
				? null
				: () => {
						setCursors(cursors.slice(0, -1));
					},
	};
}
