// What the rows are, and how one of them leads to a person.
import { __, sprintf } from '@wordpress/i18n';
import { hasLinkColumns, type MapForm } from '../../data-map/map-form.ts';
import { yieldsWords } from '../../data-map/map-words.ts';
import { RadioField, SelectField } from '../../fields/select-field.tsx';
import { TextField } from '../../fields/text-field.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { personRoles, roleWords } from '../../words/person-words.ts';
import { LinkFields } from './link-fields.tsx';
import { errorAt, type MapPartGiven } from './map-given.ts';

const yieldsChoices: readonly MapForm['yields'][] = ['people', 'classes', 'staff', 'none'];

export function RowFields(given: MapPartGiven) {
	const { base, form, errors, onChange } = given;
	return (
		<>
			<TextField
				id={`${base}-title`}
				label={__('Title', 'tocsin')}
				help={__('As others will read it, such as “Payers of Acme”.', 'tocsin')}
				value={form.title}
				error={errorAt(errors, 'title')}
				onChange={(title) => {
					onChange({ ...form, title });
				}}
			/>
			<RadioField
				label={__('What the rows are', 'tocsin')}
				value={form.yields}
				options={yieldsChoices.map((value) => ({ value, label: yieldsWords(value) }))}
				onChange={(yields) => {
					onChange({ ...form, yields, role: roleFor(yields, form.role) });
				}}
			/>
			{form.yields === 'people' || form.yields === 'classes' ? (
				<SelectField
					id={`${base}-role`}
					label={__('Who the person is to such a row', 'tocsin')}
					value={form.role}
					error={errorAt(errors, 'role')}
					options={personRoles
						.filter((role) => role !== 'staff')
						.map((role) => ({ value: role, label: roleWords(role) }))}
					onChange={(role) => {
						onChange({ ...form, role });
					}}
				/>
			) : null}
			<KindFields {...given} />
			{hasLinkColumns(form) ? <LinkFields {...given} /> : null}
		</>
	);
}

/** The shop's own people are never told as customers, so role and purpose go together. */
function roleFor(yields: MapForm['yields'], role: MapForm['role']): MapForm['role'] {
	return yields === 'staff' ? 'staff' : role === 'staff' ? 'buyer' : role;
}

function KindFields(given: MapPartGiven) {
	const { form } = given;
	switch (form.kind) {
		case 'table':
			return (
				<>
					<ColumnField
						{...given}
						field="tableKey"
						label={__('Primary key of the table', 'tocsin')}
						help={__('The column that tells rows apart; often “id”.', 'tocsin')}
					/>
					{form.typeColumn === '' ? null : (
						<TypesField
							{...given}
							label={sprintf(
								/* translators: %s: name of a column, such as post_type */
								__('Only rows whose %s is', 'tocsin'),
								form.typeColumn,
							)}
						/>
					)}
					<NetworkField {...given} />
				</>
			);
		case 'pairs':
			return (
				<>
					<ColumnField
						{...given}
						field="owner"
						label={__('Column that says which rows belong together', 'tocsin')}
						help={__('Such as the number of an entry or contact.', 'tocsin')}
					/>
					<div className="tocsin-pair">
						<ColumnField
							{...given}
							field="nameColumn"
							label={__('Column with the keys', 'tocsin')}
						/>
						<ColumnField
							{...given}
							field="valueColumn"
							label={__('Column with the values', 'tocsin')}
						/>
					</div>
					<NetworkField {...given} />
				</>
			);
		case 'meta':
			return <MetaFields {...given} />;
		case 'option':
			return null;
	}
}

function MetaFields(given: MapPartGiven) {
	const { base, errors, form, onChange, place } = given;
	const isPostmeta = place.table.endsWith('postmeta');
	return (
		<>
			{isPostmeta ? (
				<SelectField
					id={`${base}-metaOf`}
					label={__('What these rows belong to', 'tocsin')}
					help={__('Rows of orders are read in both order stores.', 'tocsin')}
					value={form.metaOf}
					error={errorAt(errors, 'metaOf')}
					options={[
						{ value: 'order', label: __('Orders', 'tocsin') },
						{ value: 'post', label: __('Other posts', 'tocsin') },
					]}
					onChange={(metaOf) => {
						onChange({ ...form, metaOf });
					}}
				/>
			) : null}
			{form.metaOf === 'post' ? (
				<TypesField {...given} label={__('Types of these posts', 'tocsin')} />
			) : null}
		</>
	);
}

function TypesField({ base, errors, form, label, onChange }: MapPartGiven & { label: string }) {
	return (
		<TextField
			id={`${base}-types`}
			label={label}
			help={__('Separated by commas. Empty means any.', 'tocsin')}
			value={form.types}
			error={errorAt(errors, 'types')}
			onChange={(types) => {
				onChange({ ...form, types });
			}}
		/>
	);
}

type ColumnName = 'tableKey' | 'owner' | 'nameColumn' | 'valueColumn';

function ColumnField(given: MapPartGiven & { field: ColumnName; label: string; help?: string }) {
	const { base, errors, field, form, onChange } = given;
	return (
		<TextField
			id={`${base}-${field}`}
			label={given.label}
			value={form[field]}
			error={errorAt(errors, field)}
			onChange={(value) => {
				onChange({ ...form, [field]: value });
			}}
			{...(given.help === undefined ? {} : { help: given.help })}
		/>
	);
}

function NetworkField({ base, form, onChange }: MapPartGiven) {
	return (
		<Disclosure
			label={__('This is a network of several sites', 'tocsin')}
			isOpenAtFirst={form.scope === 'network'}
		>
			<SelectField
				id={`${base}-scope`}
				label={__('How often the table exists', 'tocsin')}
				value={form.scope}
				options={[
					{ value: 'site', label: __('Once for each site', 'tocsin') },
					{ value: 'network', label: __('Once for all sites', 'tocsin') },
				]}
				onChange={(scope) => {
					onChange({ ...form, scope });
				}}
			/>
		</Disclosure>
	);
}
