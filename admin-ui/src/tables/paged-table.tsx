// A DataViews table whose search, filters and pages are asked of the server. Loaded on demand by `lazy-table`.
import { DataViews, type Field, type View, type ViewTable } from '@wordpress/dataviews';
import { useMemo, useRef, useState, type ComponentType, type ReactNode } from 'react';
import type { ListQuery, PagedList } from '../state/use-paged-list.ts';
import { Pager } from './pager.tsx';

export type Column<T> = {
	id: string;
	label: string;
	render: (item: T) => ReactNode;
	/** Makes the column a filter; its id is the name of the query's parameter. */
	choices?: readonly { value: string; label: string }[];
	/** Only a filter, not shown as a column. */
	hidden?: boolean;
	/** Narrowest width in pixels; the first column takes what the others leave. */
	width?: number;
};

export type PagedTableGiven<T> = {
	/** Caption of the table. */
	caption: string;
	columns: readonly Column<T>[];
	list: PagedList<T>;
	idOf: (item: T) => string;
	/** Shown where there is nothing. */
	empty: ReactNode;
	/** Label of the search as one types; without it there is none. */
	searchLabel?: string;
	/** Counts a line, such as "%s incidents". */
	countWords: (count: number, text: string) => string;
};

type Settings = { search: string; filters: NonNullable<View['filters']>; perPage: number };

function queryOf(view: View): ListQuery {
	const filters: Record<string, string> = {};
	for (const filter of view.filters ?? []) {
		if (typeof filter.value === 'string') {
			filters[filter.field] = filter.value;
		}
	}
	return { search: view.search ?? '', filters, limit: view.perPage ?? 20 };
}

type Shape = Pick<Column<unknown>, 'id' | 'label' | 'choices'>;

/**
 * DataViews takes `render` as a component: with a new function each time it would throw all cells away when the table
 * is loaded again, and with them the focus. So the fields stay the same while ids, labels and choices do.
 */
function useFields<T>(columns: readonly Column<T>[]): Field<T>[] {
	const latest = useRef(columns);
	latest.current = columns;
	const shapes = JSON.stringify(
		columns.map(({ id, label, choices }): Shape => ({
			id,
			label,
			...(choices ? { choices } : {}),
		})),
	);
	return useMemo(() => fieldsOf(JSON.parse(shapes) as Shape[], latest), [shapes]);
}

function fieldsOf<T>(
	shapes: readonly Shape[],
	latest: { current: readonly Column<T>[] },
): Field<T>[] {
	return shapes.map(({ id, label, choices }, index) => ({
		id,
		label,
		enableSorting: false,
		enableHiding: false,
		getValue: () => '',
		render: ({ item }: { item: T }) => (
			<>
				{index === 0 ? null : <span className="tocsin-cell-label">{label}</span>}
				{latest.current.find((column) => column.id === id)?.render(item)}
			</>
		),
		...(choices === undefined
			? { filterBy: false as const }
			: {
					elements: choices.map((choice) => ({ ...choice })),
					filterBy: { operators: ['is' as const], isPrimary: true },
				}),
	}));
}

function widthsOf<T>(columns: readonly Column<T>[]): Record<string, { minWidth: number }> {
	return Object.fromEntries(
		columns.flatMap((column) =>
			column.width === undefined ? [] : [[column.id, { minWidth: column.width }]],
		),
	);
}

/** As DataViews' own type, but for any item: it cannot see that `getItemId` is always given. */
type ViewsGiven<T> = {
	data: T[];
	fields: Field<T>[];
	view: View;
	onChangeView: (view: View) => void;
	getItemId: (item: T) => string;
	isLoading: boolean;
	paginationInfo: { totalItems: number; totalPages: number };
	defaultLayouts: { table: object };
	empty: ReactNode;
	children: ReactNode;
};

export function PagedTable<T>(given: PagedTableGiven<T>) {
	const { list, columns } = given;
	const Views = DataViews as unknown as ComponentType<ViewsGiven<T>>;
	const [settings, setSettings] = useState<Settings>(() => ({
		search: list.query.search,
		filters: Object.entries(list.query.filters).map(([field, value]) => ({
			field,
			operator: 'is' as const,
			value,
		})),
		perPage: list.query.limit,
	}));
	const fields = useFields(columns);
	const visible = columns.filter((column) => column.hidden !== true).map((column) => column.id);
	const [titleField, ...others] = visible;
	const view: ViewTable = {
		type: 'table',
		...settings,
		page: 1,
		...(titleField === undefined ? {} : { titleField }),
		fields: others,
		layout: { enableMoving: false, styles: widthsOf(columns) },
	};
	const change = (next: View) => {
		setSettings({
			search: next.search ?? '',
			filters: next.filters ?? [],
			perPage: next.perPage ?? settings.perPage,
		});
		list.setQuery(queryOf({ ...next, perPage: next.perPage ?? settings.perPage }));
	};
	const items = list.page.data?.items ?? [];
	const filterable = columns.some((column) => column.choices !== undefined);
	return (
		<div className="tocsin-table" role="region" aria-label={given.caption}>
			<Views
				data={items}
				fields={fields}
				view={view}
				onChangeView={change}
				getItemId={given.idOf}
				isLoading={list.page.loading && list.page.data === null}
				paginationInfo={{ totalItems: list.page.data?.total ?? 0, totalPages: 1 }}
				defaultLayouts={{ table: {} }}
				empty={given.empty}
			>
				{given.searchLabel === undefined && !filterable ? null : (
					<div className="tocsin-table__tools">
						{given.searchLabel === undefined ? null : (
							<DataViews.Search label={given.searchLabel} />
						)}
						{filterable ? <DataViews.Filters /> : null}
					</div>
				)}
				<div
					className="tocsin-table__rows"
					tabIndex={0}
					role="group"
					aria-label={given.caption}
				>
					<DataViews.Layout />
				</div>
			</Views>
			<Pager {...given} />
		</div>
	);
}
