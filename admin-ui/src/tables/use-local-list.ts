// A list that is here already, in pages: filtered as one types, for the same table that lists of the server use.
import { useState } from 'react';
import type { ListQuery, PagedList } from '../state/use-paged-list.ts';

export function useLocalList<T>(
	items: readonly T[],
	fits: (item: T, query: ListQuery) => boolean,
): PagedList<T> {
	const [query, setListQuery] = useState<ListQuery>({ search: '', filters: {}, limit: 20 });
	const [pageNumber, setPageNumber] = useState(0);
	const found = items.filter((item) => fits(item, query));
	// Fewer may be left than when the page was turned.
	const last = Math.max(0, Math.ceil(found.length / query.limit) - 1);
	const at = Math.min(pageNumber, last);
	const start = at * query.limit;
	return {
		page: {
			data: {
				items: found.slice(start, start + query.limit),
				next_cursor: null,
				total: found.length,
			},
			problem: null,
			loadedAt: null,
			loading: false,
			reload: () => Promise.resolve(),
			replace: () => undefined,
		},
		query,
		pageNumber: at,
		setQuery: (next) => {
			if (JSON.stringify(next) !== JSON.stringify(query)) {
				setListQuery(next);
				setPageNumber(0);
			}
		},
		next:
			at < last
				? () => {
						setPageNumber(at + 1);
					}
				: null,
		previous:
			at > 0
				? () => {
						setPageNumber(at - 1);
					}
				: null,
	};
}
