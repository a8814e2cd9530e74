// From the map form to the request that makes a source, or to what is wrong with the form; and from the pointers of the
// server's refusal back to the fields of the form.
import type { EncodingStep, MapPlaceRequest, Source, SourceField } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import type { FieldProblem } from '../api/problem.ts';
import { hasLinkColumns, sourceId, type MapForm } from './map-form.ts';
import { unknownDecryptor } from './propose-fields.ts';

/** `field` is the end of an element's id: `title`, `reason`, `values-<id>`, `field-<id>`, … */
export type MapError = { field: string; message: string };
export type MapOutcome =
	{ request: MapPlaceRequest; errors: null } | { request: null; errors: readonly MapError[] };

/** As the contract's own pattern for names of tables and columns. */
const sqlName = /^[\p{L}\p{N}_$-]{1,64}$/u;

export function requestFromForm(form: MapForm): MapOutcome {
	const errors = errorsOf(form);
	return errors.length > 0
		? { request: null, errors }
		: { request: { source: sourceOf(form), reason: form.reason.trim() }, errors: null };
}

function errorsOf(form: MapForm): MapError[] {
	const errors: MapError[] = [];
	const wrong = (field: string, message: string) => errors.push({ field, message });
	const column = (field: string, value: string) => {
		if (!sqlName.test(value.trim())) {
			wrong(field, __('Name a column of the table.', 'tocsin'));
		}
	};
	if (form.title.trim() === '') {
		wrong('title', __('Give it a title.', 'tocsin'));
	}
	if (form.kind === 'table') {
		column('tableKey', form.tableKey);
	}
	if (form.kind === 'pairs') {
		column('owner', form.owner);
		column('nameColumn', form.nameColumn);
		column('valueColumn', form.valueColumn);
	}
	if (hasLinkColumns(form) && form.linkKind !== 'none') {
		column('linkColumn', form.linkColumn);
	}
	if (form.dateColumn.trim() !== '') {
		column('dateColumn', form.dateColumn);
	}
	for (const value of form.values) {
		if (value.steps.includes(unknownDecryptor)) {
			wrong(
				`values-${value.id}`,
				__('Say with which decryptor it is opened, or that it is not opened.', 'tocsin'),
			);
		}
	}
	const fields = form.values.flatMap((value) => value.fields);
	const [first] = fields;
	if (first === undefined) {
		wrong('values', __('Name at least one value.', 'tocsin'));
	} else if (
		(form.yields === 'people' || form.yields === 'classes') &&
		fields.every((field) => field.part === 'holds' && field.classes.length === 0)
	) {
		wrong(
			`field-${first.id}`,
			__(
				'Nothing would be read. Say what the value is, or which kinds of data it holds.',
				'tocsin',
			),
		);
	}
	if (form.reason.trim().length < 3) {
		wrong('reason', __('Give a reason of at least three letters.', 'tocsin'));
	}
	return errors;
}

export function sourceOf(form: MapForm): Source {
	const linkColumn = form.linkColumn.trim();
	const dateColumn = form.dateColumn.trim();
	return {
		id: sourceId(form),
		title: form.title.trim(),
		family: 'own',
		place: placeOf(form),
		link:
			hasLinkColumns(form) && form.linkKind !== 'none' ? { [form.linkKind]: linkColumn } : {},
		date:
			hasLinkColumns(form) && dateColumn !== ''
				? { column: dateColumn, kind: form.dateKind }
				: null,
		role: form.role,
		fields: sentFields(form).map((sent) => sent.field),
		tested_with: __('Mapped by hand in wp-admin', 'tocsin'),
		verification: 'operator',
		yields: form.yields,
		note: '',
	};
}

function placeOf(form: MapForm): Source['place'] {
	const types = form.types.split(/[\s,]+/).filter((type) => type !== '');
	switch (form.kind) {
		case 'table':
			return {
				kind: 'table',
				table: form.table,
				scope: form.scope,
				key: form.tableKey.trim(),
				...(form.typeColumn === '' || types.length === 0
					? {}
					: { rows: { column: form.typeColumn, values: types } }),
			};
		case 'meta':
			return {
				kind: 'meta',
				of: form.metaOf,
				post_types: form.metaOf === 'post' ? types : [],
			};
		case 'pairs':
			return {
				kind: 'pairs',
				table: form.table,
				scope: form.scope,
				owner: form.owner.trim(),
				name: form.nameColumn.trim(),
				value: form.valueColumn.trim(),
			};
		case 'option':
			return { kind: 'option' };
	}
}

type SentField = { id: string; valueId: string; field: SourceField };

/** In the order they are sent, so that a pointer such as `/fields/2/part` finds its field again. */
function sentFields(form: MapForm): SentField[] {
	return form.values.flatMap((value) =>
		value.fields.map((field) => ({
			id: field.id,
			valueId: value.id,
			field: {
				...(form.kind === 'table' ? { column: value.name } : { key: value.name }),
				path: field.path.trim(),
				encoding: value.steps.filter(
					(step): step is EncodingStep => step !== unknownDecryptor,
				),
				part: field.part,
				classes: [...field.classes],
			},
		})),
	);
}

const fieldOfPointer: Readonly<Record<string, string>> = {
	id: 'title',
	title: 'title',
	role: 'role',
	yields: 'yields',
	link: 'linkColumn',
	date: 'dateColumn',
	reason: 'reason',
	'place/key': 'tableKey',
	'place/owner': 'owner',
	'place/name': 'nameColumn',
	'place/value': 'valueColumn',
	'place/of': 'metaOf',
	'place/post_types': 'types',
	'place/rows': 'types',
};

/** What the server refused, at the field it is about; at the title where there is none. */
export function errorsOfRefusal(problems: readonly FieldProblem[], form: MapForm): MapError[] {
	const sent = sentFields(form);
	return problems.map(({ pointer, message }) => {
		const parts = pointer
			.replace(/^\/source(?=\/)/, '')
			.split('/')
			.slice(1);
		const [first = '', second = '', third = ''] = parts;
		if (first === 'fields') {
			const found = sent[Number(second)];
			const at = third === 'encoding' ? `values-${found?.valueId}` : `field-${found?.id}`;
			return { field: found === undefined ? 'values' : at, message };
		}
		const field = fieldOfPointer[`${first}/${second}`] ?? fieldOfPointer[first];
		return { field: field ?? 'title', message };
	});
}
