// Several choices of a list, under one legend.
import { CheckboxControl } from '@wordpress/components';
import { useId } from 'react';
import { noMargin } from './newer-look.ts';

export function CheckList<V extends string>(given: {
	id: string;
	legend: string;
	/** Said under the legend, such as what an empty choice means. */
	help?: string;
	options: readonly { value: V; label: string }[];
	chosen: readonly V[];
	onChange: (chosen: V[]) => void;
	error?: string | undefined;
}) {
	const noteId = useId();
	const toggle = (value: V, on: boolean) => {
		given.onChange(
			given.options
				.map((option) => option.value)
				.filter((each) => (each === value ? on : given.chosen.includes(each))),
		);
	};
	return (
		<fieldset
			className="tocsin-checklist"
			id={given.id}
			tabIndex={-1}
			aria-describedby={noteId}
		>
			<legend>{given.legend}</legend>
			<p id={noteId} className="tocsin-note">
				{given.error === undefined ? null : (
					<span className="tocsin-field-error">{given.error} </span>
				)}
				{given.help}
			</p>
			<div className="tocsin-checklist__options">
				{given.options.map((option) => (
					<CheckboxControl
						key={option.value}
						{...noMargin}
						label={option.label}
						checked={given.chosen.includes(option.value)}
						onChange={(on) => {
							toggle(option.value, on);
						}}
					/>
				))}
			</div>
		</fieldset>
	);
}
