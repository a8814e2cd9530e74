// Text fields of the components package with an error beneath, tied to the field for screen readers.
import { BaseControl, TextControl } from '@wordpress/components';
import type { ReactNode } from 'react';
import { fieldHelp } from './field-help.tsx';
import { newerLook, noMargin } from './newer-look.ts';

type Given = {
	/** Also the target of the error summary. */
	id: string;
	label: string;
	value: string;
	onChange: (value: string) => void;
	help?: ReactNode;
	error?: string | undefined;
};

export function TextField(
	given: Given & {
		type?: 'text' | 'datetime-local' | 'url' | 'password';
		autoComplete?: string;
		required?: boolean;
	},
) {
	const { error, help, type = 'text', ...rest } = given;
	return (
		<TextControl
			{...newerLook}
			{...rest}
			type={type}
			aria-invalid={error !== undefined}
			help={fieldHelp(help, error)}
		/>
	);
}

/** Built on BaseControl: `TextareaControl` gives its label an id of its own, whatever `id` it is given. */
export function TextAreaField(given: Given & { rows?: number }) {
	const { id, label, value, help, error, rows = 4 } = given;
	return (
		<BaseControl {...noMargin} id={id} label={label} help={fieldHelp(help, error)}>
			<textarea
				id={id}
				className="tocsin-textarea"
				rows={rows}
				dir="auto"
				value={value}
				aria-invalid={error !== undefined}
				aria-describedby={
					help === undefined && error === undefined ? undefined : `${id}__help`
				}
				onChange={(event) => {
					given.onChange(event.target.value);
				}}
			/>
		</BaseControl>
	);
}
