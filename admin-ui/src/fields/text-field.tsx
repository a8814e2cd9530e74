// Text fields of the components package with an error beneath, tied to the field for screen readers.
import { TextareaControl, TextControl } from '@wordpress/components';
import type { ReactNode } from 'react';
import { fieldHelp } from './field-help.tsx';

type Given = {
	/** Also the target of the error summary. */
	id: string;
	label: string;
	value: string;
	onChange: (value: string) => void;
	help?: ReactNode;
	error?: string | undefined;
	disabled?: boolean;
};

/** Until every supported WordPress has the newer look by default, it is asked for. */
const newerLook = { __next40pxDefaultSize: true, __nextHasNoMarginBottom: true } as const;

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

export function TextAreaField(given: Given & { rows?: number }) {
	const { error, help, ...rest } = given;
	return (
		<TextareaControl
			__nextHasNoMarginBottom
			{...rest}
			aria-invalid={error !== undefined}
			help={fieldHelp(help, error)}
		/>
	);
}
