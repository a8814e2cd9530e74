// The scope form: what in one sentence first, then when, then details for those who need them.
import { __ } from '@wordpress/i18n';
import { CheckList } from '../../fields/check-list.tsx';
import { RadioField } from '../../fields/select-field.tsx';
import { TextField } from '../../fields/text-field.tsx';
import type { FormError } from '../../scope/scope-from-form.ts';
import { usesWindow, usualDataClasses, type ScopeForm } from '../../scope/scope-form.ts';
import { presetHelp, presets, presetWords } from '../../scope/scope-words.ts';
import { useSite } from '../../state/site.tsx';
import { dataClassList } from '../../words/data-class-words.ts';
import { ScopeFilters } from './scope-filters.tsx';
import { ScopeLists } from './scope-lists.tsx';

export type ScopeFieldsGiven = {
	base: string;
	form: ScopeForm;
	errors: readonly FormError[];
	onChange: (form: ScopeForm) => void;
};

export function errorOf(errors: readonly FormError[], field: keyof ScopeForm): string | undefined {
	return errors.find((error) => error.field === field)?.message;
}

export function ScopeFields(given: ScopeFieldsGiven) {
	const { base, form, errors, onChange } = given;
	return (
		<div className="tocsin-form">
			<RadioField
				label={__('Whose data leaked', 'tocsin')}
				value={form.preset}
				options={presets.map((preset) => ({
					value: preset,
					label: presetWords(preset),
					description: presetHelp(preset),
				}))}
				onChange={(preset) => {
					onChange({ ...form, preset, dataClasses: usualDataClasses(preset) });
				}}
			/>
			{form.preset === 'custom' ? <Sources {...given} /> : null}
			{usesWindow(form) ? <Window {...given} /> : null}
			{form.preset === 'list' ? <ScopeLists {...given} isMain /> : null}
			<CheckList
				id={`${base}-dataClasses`}
				legend={__('Which kinds of data', 'tocsin')}
				help={__(
					'Ticked is what usually leaks in such a case. Correct it to what you know.',
					'tocsin',
				)}
				options={dataClassList().map(([value, label]) => ({ value, label }))}
				chosen={form.dataClasses}
				error={errorOf(errors, 'dataClasses')}
				onChange={(dataClasses) => {
					onChange({ ...form, dataClasses });
				}}
			/>
			<ScopeFilters {...given} />
			<ScopeLists {...given} isMain={false} />
		</div>
	);
}

function Sources({ base, form, errors, onChange }: ScopeFieldsGiven) {
	const chosen = (['accounts', 'orders'] as const).filter((source) => form[source]);
	return (
		<CheckList
			id={`${base}-accounts`}
			legend={__('Sources', 'tocsin')}
			options={[
				{ value: 'accounts', label: __('Accounts', 'tocsin') },
				{ value: 'orders', label: __('Orders, guests included', 'tocsin') },
			]}
			chosen={chosen}
			error={errorOf(errors, 'accounts')}
			onChange={(sources) => {
				onChange({
					...form,
					accounts: sources.includes('accounts'),
					orders: sources.includes('orders'),
				});
			}}
		/>
	);
}

function Window({ base, form, errors, onChange }: ScopeFieldsGiven) {
	const { timeZone } = useSite();
	return (
		<div className="tocsin-pair">
			<TextField
				id={`${base}-from`}
				type="datetime-local"
				label={__('From', 'tocsin')}
				value={form.from}
				error={errorOf(errors, 'from')}
				onChange={(from) => {
					onChange({ ...form, from });
				}}
			/>
			<TextField
				id={`${base}-to`}
				type="datetime-local"
				label={__('Until', 'tocsin')}
				/* translators: after it comes the name of a time zone */
				help={`${__('Time zone of the shop:', 'tocsin')} ${timeZone}`}
				value={form.to}
				error={errorOf(errors, 'to')}
				onChange={(to) => {
					onChange({ ...form, to });
				}}
			/>
		</div>
	);
}
