// Which values are in a row: for each column or key how it is opened, and what stands inside.
import type { FieldPart } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import type { FieldForm, ValueForm } from '../../data-map/map-form.ts';
import { partWords } from '../../data-map/map-words.ts';
import { withClassOf } from '../../data-map/propose-fields.ts';
import { ActionButton } from '../../fields/action-button.tsx';
import { CheckList } from '../../fields/check-list.tsx';
import { SelectField } from '../../fields/select-field.tsx';
import { TextField } from '../../fields/text-field.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { dataClassList, dataClassWords } from '../../words/data-class-words.ts';
import { EncodingSteps } from './encoding-steps.tsx';
import { errorAt, type MapPartGiven } from './map-given.ts';

const parts: readonly FieldPart[] = [
	'email',
	'full_name',
	'first_name',
	'last_name',
	'company',
	'line1',
	'line2',
	'city',
	'state',
	'postcode',
	'country',
	'phone',
	'ip_address',
	'gateway_id',
	'user_id',
	'order_id',
	'holds',
];

export function ValueFields(given: MapPartGiven) {
	const { base, errors, form, onChange } = given;
	const replace = (id: string, value: ValueForm | null) => {
		onChange({
			...form,
			values: form.values.flatMap((each) =>
				each.id !== id ? [each] : value === null ? [] : [value],
			),
		});
	};
	const problem = errorAt(errors, 'values');
	return (
		<section aria-labelledby={`${base}-values`}>
			<h2 id={`${base}-values`} tabIndex={-1}>
				{__('What is in a row', 'tocsin')}
			</h2>
			{problem === undefined ? null : <p className="tocsin-field-error">{problem}</p>}
			{form.values.map((value) => (
				<Value
					key={value.id}
					given={given}
					value={value}
					onReplace={(next) => {
						replace(value.id, next);
					}}
				/>
			))}
		</section>
	);
}

function Value(props: {
	given: MapPartGiven;
	value: ValueForm;
	onReplace: (value: ValueForm | null) => void;
}) {
	const { given, value, onReplace } = props;
	const replaceField = (id: string, field: FieldForm | null) => {
		onReplace({
			...value,
			fields: value.fields.flatMap((each) =>
				each.id !== id ? [each] : field === null ? [] : [field],
			),
		});
	};
	return (
		<fieldset className="tocsin-value" id={`${given.base}-values-${value.id}`} tabIndex={-1}>
			<legend className="tocsin-place">{value.name}</legend>
			<EncodingSteps
				base={`${given.base}-steps-${value.id}`}
				name={value.name}
				steps={value.steps}
				decryptors={given.decryptors}
				error={errorAt(given.errors, `values-${value.id}`)}
				onChange={(steps) => {
					onReplace({ ...value, steps });
				}}
			/>
			{value.fields.map((field) => (
				<Field
					key={field.id}
					given={given}
					name={value.name}
					isOpened={value.steps.length > 0}
					field={field}
					onReplace={(next) => {
						replaceField(field.id, next);
					}}
				/>
			))}
			<div className="tocsin-buttons">
				<ActionButton
					variant="tertiary"
					onClick={() => {
						onReplace({
							...value,
							fields: [...value.fields, newField(value)],
						});
					}}
				>
					{/* translators: %s: name of a column or key */}
					{sprintf(__('Add a value of %s', 'tocsin'), value.name)}
				</ActionButton>
				<ActionButton
					variant="tertiary"
					onClick={() => {
						onReplace(null);
					}}
				>
					{/* translators: %s: name of a column or key */}
					{sprintf(__('Leave out %s', 'tocsin'), value.name)}
				</ActionButton>
			</div>
		</fieldset>
	);
}

function newField(value: ValueForm): FieldForm {
	const numbers = value.fields.map((field) => Number(field.id.split(' ').at(-1)));
	return {
		id: `${value.id} ${Math.max(-1, ...numbers) + 1}`,
		path: '',
		part: 'holds',
		classes: [],
	};
}

function Field(props: {
	given: MapPartGiven;
	name: string;
	/** Paths choose inside an opened value; a plain one has none. */
	isOpened: boolean;
	field: FieldForm;
	onReplace: (field: FieldForm | null) => void;
}) {
	const { field, given, isOpened, name, onReplace } = props;
	const id = `${given.base}-field-${field.id}`;
	const error = errorAt(given.errors, `field-${field.id}`);
	const chosen = field.classes.map(dataClassWords).join(', ');
	const where = field.path === '' ? name : `${name} → ${field.path}`;
	return (
		<div className="tocsin-value__field">
			<div className="tocsin-pair">
				{isOpened || field.path !== '' ? (
					<TextField
						id={`${id}-path`}
						label={__('Where inside', 'tocsin')}
						help={__(
							'Names joined by dots, * for each of a list, ** for any depth. Empty is the whole value.',
							'tocsin',
						)}
						value={field.path}
						onChange={(path) => {
							onReplace({ ...field, path });
						}}
					/>
				) : null}
				<SelectField
					id={id}
					label={__('What it is', 'tocsin')}
					value={field.part}
					error={error}
					options={parts.map((value) => ({ value, label: partWords(value) }))}
					onChange={(part) => {
						onReplace({
							...field,
							part,
							classes: withClassOf(part, field.classes),
						});
					}}
				/>
			</div>
			<Disclosure
				label={
					chosen === ''
						? /* translators: %s: column, key or path */
							sprintf(__('Choose the kinds of data in %s', 'tocsin'), where)
						: /* translators: 1: column, key or path, 2: kinds of data */
							sprintf(__('Kinds of data in %1$s: %2$s', 'tocsin'), where, chosen)
				}
				isOpenAtFirst={chosen === ''}
			>
				<CheckList
					id={`${id}-classes`}
					legend={__('Kinds of data', 'tocsin')}
					options={dataClassList().map(([value, label]) => ({ value, label }))}
					chosen={field.classes}
					onChange={(classes) => {
						onReplace({ ...field, classes });
					}}
				/>
			</Disclosure>
			<ActionButton
				variant="tertiary"
				onClick={() => {
					onReplace(null);
				}}
			>
				{/* translators: %s: column, key or path */}
				{sprintf(__('Remove %s', 'tocsin'), where)}
			</ActionButton>
		</div>
	);
}
