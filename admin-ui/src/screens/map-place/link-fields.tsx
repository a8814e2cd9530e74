// The column that leads from a row to a person, proposed from what the scan saw, and the date of a row.
import { __ } from '@wordpress/i18n';
import type { DateKind, LinkKind } from '../../data-map/map-form.ts';
import { linkKindWords } from '../../data-map/map-words.ts';
import { SelectField } from '../../fields/select-field.tsx';
import { TextField } from '../../fields/text-field.tsx';
import { errorAt, type MapPartGiven } from './map-given.ts';

const linkKinds: readonly LinkKind[] = [
	'none',
	'user_id',
	'order_id',
	'order_text',
	'customer_id',
	'session_key',
];

const dateKinds = (): readonly { value: DateKind; label: string }[] => [
	{ value: 'utc', label: __('In UTC', 'tocsin') },
	{ value: 'local', label: __('In the shop’s own time', 'tocsin') },
	{ value: 'unix', label: __('Seconds since 1970', 'tocsin') },
	{ value: 'unix_ms', label: __('Milliseconds since 1970', 'tocsin') },
];

export function LinkFields({ base, errors, form, onChange, place }: MapPartGiven) {
	const proposed = place.link_candidates.map((candidate) => candidate.column).join(', ');
	return (
		<>
			<SelectField
				id={`${base}-linkKind`}
				label={__('What leads from a row to a person', 'tocsin')}
				help={linkHelp(form.linkKind)}
				value={form.linkKind}
				options={linkKinds.map((value) => ({ value, label: linkKindWords(value) }))}
				onChange={(linkKind) => {
					const candidate = place.link_candidates.find((each) => each.kind === linkKind);
					onChange({
						...form,
						linkKind,
						linkColumn: candidate?.column ?? form.linkColumn,
					});
				}}
			/>
			{form.linkKind === 'none' ? null : (
				<TextField
					id={`${base}-linkColumn`}
					label={__('In which column', 'tocsin')}
					help={
						proposed === ''
							? __('The scan saw no such column.', 'tocsin')
							: /* translators: after it come names of columns */
								`${__('The scan proposes:', 'tocsin')} ${proposed}`
					}
					value={form.linkColumn}
					error={errorAt(errors, 'linkColumn')}
					onChange={(linkColumn) => {
						onChange({ ...form, linkColumn });
					}}
				/>
			)}
			<div className="tocsin-pair">
				<TextField
					id={`${base}-dateColumn`}
					label={__('Column with the time the row was made', 'tocsin')}
					help={__(
						'For windows of time. Not one that changes later. Empty when there is none.',
						'tocsin',
					)}
					value={form.dateColumn}
					error={errorAt(errors, 'dateColumn')}
					onChange={(dateColumn) => {
						onChange({ ...form, dateColumn });
					}}
				/>
				{form.dateColumn.trim() === '' ? null : (
					<SelectField
						id={`${base}-dateKind`}
						label={__('How that time is written', 'tocsin')}
						value={form.dateKind}
						options={dateKinds()}
						onChange={(dateKind) => {
							onChange({ ...form, dateKind });
						}}
					/>
				)}
			</div>
		</>
	);
}

function linkHelp(kind: LinkKind): string {
	const words: Record<LinkKind, string> = {
		none: __(
			'Then a value below must be an e-mail address, a phone number or an address.',
			'tocsin',
		),
		user_id: __('The number of an account of this shop.', 'tocsin'),
		order_id: __('The number of an order, and nothing else in the column.', 'tocsin'),
		order_text: __(
			'The last run of digits is taken as the number: WC-1234 is order 1234.',
			'tocsin',
		),
		customer_id: __('This is not the number of an account.', 'tocsin'),
		session_key: __('A user number, or the token of a guest’s cart.', 'tocsin'),
	};
	return words[kind];
}
