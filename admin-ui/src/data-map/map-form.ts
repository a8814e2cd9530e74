// The form that maps a blind spot: a source of one's own as text fields and choices.
import type {
	DataClass,
	DataMapPage,
	FieldPart,
	FoundPlace,
	PersonRole,
	Source,
} from '@tocsin/sidecar/contract';
import {
	bareTable,
	keyPattern,
	mappedTogether,
	metaOwner,
	placeKind,
	typeColumn,
	type MetaOwner,
	type PlaceKind,
} from './place-kind.ts';
import { proposeEncoding, proposeFields, type StepChoice } from './propose-fields.ts';

export type LinkKind =
	'none' | 'user_id' | 'order_id' | 'order_text' | 'customer_id' | 'session_key';
export type DateKind = NonNullable<Source['date']>['kind'];

export type FieldForm = {
	/** Tells fields apart while they are edited. */
	id: string;
	path: string;
	part: FieldPart;
	classes: readonly DataClass[];
};

/** One column, or one key of key/value rows, and how its values are opened. */
export type ValueForm = {
	id: string;
	/** Name of the column, or pattern of the key. */
	name: string;
	steps: readonly StepChoice[];
	fields: readonly FieldForm[];
};

export type MapForm = {
	title: string;
	kind: PlaceKind;
	table: string;
	scope: 'site' | 'network';
	/** Primary key of a table. */
	tableKey: string;
	metaOf: MetaOwner;
	/** Post types of `post` rows, or types of the rows of a table that has several, separated by commas. */
	types: string;
	/** Column with the type of a row; '' where rows have none. */
	typeColumn: string;
	/** Columns of key/value rows of another table. */
	owner: string;
	nameColumn: string;
	valueColumn: string;
	role: PersonRole;
	yields: 'people' | 'classes' | 'staff' | 'none';
	linkKind: LinkKind;
	linkColumn: string;
	dateColumn: string;
	dateKind: DateKind;
	values: readonly ValueForm[];
	reason: string;
};

export function formFromPlace(
	place: FoundPlace,
	page: Pick<DataMapPage, 'places' | 'decryptors'>,
): MapForm {
	const kind = placeKind(place);
	const together = mappedTogether(place, page.places);
	const [link] = place.link_candidates.filter((candidate) => candidate.kind !== 'email');
	const metaOf = metaOwner(place);
	const linked = hasLinkColumns({ kind, metaOf }) ? link : undefined;
	return {
		title: '',
		kind,
		table: bareTable(place),
		scope: 'site',
		tableKey: place.table_key ?? '',
		metaOf,
		types: place.parent ?? '',
		typeColumn: kind === 'table' ? typeColumn(place) : '',
		owner: kind === 'pairs' ? (link?.column ?? '') : '',
		nameColumn: 'meta_key',
		valueColumn: place.column,
		role: 'buyer',
		yields: 'people',
		linkKind: linked === undefined || linked.kind === 'email' ? 'none' : linked.kind,
		linkColumn: linked?.column ?? '',
		dateColumn: '',
		dateKind: 'utc',
		values: together.map((each) => valueForm(each, page.decryptors)),
		reason: '',
	};
}

function valueForm(place: FoundPlace, decryptors: readonly string[]): ValueForm {
	return {
		id: place.id,
		name: place.key === '' ? place.column : keyPattern(place),
		steps: proposeEncoding(place.encodings, decryptors),
		fields: proposeFields(place).map((field, index) => ({
			id: `${place.id} ${index}`,
			...field,
		})),
	};
}

/** Rows with columns of their own, or those of their post or comment; other rows belong to an owner that is known already. */
export function hasLinkColumns({ kind, metaOf }: Pick<MapForm, 'kind' | 'metaOf'>): boolean {
	return kind === 'table' || (kind === 'meta' && (metaOf === 'post' || metaOf === 'comment'));
}

/** The same places mapped again replace the same source. */
export function sourceId(form: Pick<MapForm, 'kind' | 'table' | 'values'>): string {
	const key = form.kind === 'table' ? '' : (form.values[0]?.name ?? '');
	const slug = `${form.kind === 'option' ? 'options' : form.table} ${key}`
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 70);
	return `own.${slug === '' ? 'place' : slug}`;
}
