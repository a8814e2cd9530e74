// What the chosen preset asks before anything else.
import { __ } from '@wordpress/i18n';
import { CheckList } from '../../fields/check-list.tsx';
import { presetRule, type Question } from '../../scope/presets.ts';
import { GatewayQuestion } from './gateway-question.tsx';
import { errorOf, type ScopePartGiven } from './scope-given.ts';
import { ScopeImport } from './scope-import.tsx';
import { ScopeLists } from './scope-lists.tsx';
import { SourceChoice } from './source-choice.tsx';
import { AsOf, Window } from './scope-times.tsx';

export function ScopeQuestions(given: ScopePartGiven) {
	return presetRule(given.form.preset).asks.map((question) => (
		<Asked key={question} question={question} given={given} />
	));
}

function Asked({ question, given }: { question: Question; given: ScopePartGiven }) {
	switch (question) {
		case 'places':
			return <Places {...given} />;
		case 'gateway':
			return <GatewayQuestion {...given} />;
		case 'forms':
			return (
				<ChosenSources
					{...given}
					legend={__('Whose entries leaked', 'tocsin')}
					kinds={['forms', 'custom']}
				/>
			);
		case 'window':
			return <Window {...given} />;
		case 'as_of':
			return <AsOf {...given} />;
		case 'import':
			return <ScopeImport {...given} />;
		case 'lists':
			return <ScopeLists {...given} isMain />;
	}
}

/** Where nothing chosen means no other place, as opposed to all of them. */
export function ChosenSources(
	given: ScopePartGiven & { legend: string; kinds: readonly string[] },
) {
	const { form, onChange } = given;
	return (
		<SourceChoice
			id={`${given.base}-sourceIds`}
			legend={given.legend}
			known={given.sources}
			kinds={given.kinds}
			chosen={form.sourceIds}
			error={errorOf(given.errors, 'sourceIds')}
			onChange={(sourceIds) => {
				onChange({ ...form, sourceIds, others: sourceIds.length > 0 });
			}}
		/>
	);
}

const placeFields = ['accounts', 'orders', 'others'] as const;

export function Places(given: ScopePartGiven) {
	const { base, form, errors, onChange } = given;
	return (
		<>
			<CheckList
				id={`${base}-accounts`}
				legend={__('Sources', 'tocsin')}
				options={[
					{ value: 'accounts', label: __('Accounts', 'tocsin') },
					{ value: 'orders', label: __('Orders, guests included', 'tocsin') },
					{
						value: 'others',
						label: __('Other places: carts, forms, plugins’ own tables', 'tocsin'),
					},
				]}
				chosen={placeFields.filter((field) => form[field])}
				error={errorOf(errors, 'accounts')}
				onChange={(chosen) => {
					onChange({
						...form,
						accounts: chosen.includes('accounts'),
						orders: chosen.includes('orders'),
						others: chosen.includes('others'),
					});
				}}
			/>
			{form.others ? (
				<SourceChoice
					id={`${base}-sourceIds`}
					legend={__('Which other places', 'tocsin')}
					help={__('Nothing ticked means all mapped places.', 'tocsin')}
					known={given.sources}
					chosen={form.sourceIds}
					error={errorOf(errors, 'sourceIds')}
					onChange={(sourceIds) => {
						onChange({ ...form, sourceIds });
					}}
				/>
			) : null}
		</>
	);
}
