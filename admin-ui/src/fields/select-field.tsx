// One choice of several, as a list or as radio buttons.
import { RadioControl, SelectControl } from '@wordpress/components';
import type { ReactNode } from 'react';
import { fieldHelp } from './field-help.tsx';
import { newerLook } from './newer-look.ts';

export type Option = { value: string; label: string; description?: string };

export function SelectField<V extends string>(given: {
	id: string;
	label: string;
	value: V;
	options: readonly { value: V; label: string }[];
	onChange: (value: V) => void;
	help?: ReactNode;
	error?: string | undefined;
}) {
	const { error, help, options, onChange, ...rest } = given;
	return (
		<SelectControl
			{...newerLook}
			{...rest}
			options={options.map((option) => ({ ...option }))}
			onChange={(value) => {
				onChange(value);
			}}
			help={fieldHelp(help, error)}
		/>
	);
}

export function RadioField<V extends string>(given: {
	label: string;
	value: V;
	options: readonly { value: V; label: string; description?: string }[];
	onChange: (value: V) => void;
}) {
	return (
		<RadioControl
			label={given.label}
			selected={given.value}
			options={given.options.map((option) => ({ ...option }))}
			onChange={(value) => {
				given.onChange(value as V);
			}}
		/>
	);
}
