// The scope form: how it leaked in one sentence first, then what that asks, then the kinds of data, then details for those
// who need them.
import { __ } from '@wordpress/i18n';
import { CheckList } from '../../fields/check-list.tsx';
import { withPreset } from '../../scope/scope-form.ts';
import { dataClassList } from '../../words/data-class-words.ts';
import { BlindSpotNote } from './blind-spot-note.tsx';
import { PlacesRead } from './places-read.tsx';
import { PresetChoice } from './preset-choice.tsx';
import { ScopeFilters } from './scope-filters.tsx';
import { errorOf, type ScopePartGiven } from './scope-given.ts';
import { ScopeLists } from './scope-lists.tsx';
import { ScopeQuestions } from './scope-questions.tsx';

export function ScopeFields(given: ScopePartGiven) {
	const { base, form, errors, sources, onChange } = given;
	return (
		<div className="tocsin-form">
			<PresetChoice
				chosen={form.preset}
				onChange={(preset) => {
					onChange(withPreset(form, preset, sources));
				}}
			/>
			<ScopeQuestions {...given} />
			<PlacesRead form={form} />
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
			<BlindSpotNote />
			<ScopeFilters {...given} />
			<ScopeLists {...given} isMain={false} />
		</div>
	);
}
