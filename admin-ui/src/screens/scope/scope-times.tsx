// The times of a scope: windows, and the moment of a stolen copy.
import { __ } from '@wordpress/i18n';
import { TextField } from '../../fields/text-field.tsx';
import type { TimeField } from '../../scope/scope-form.ts';
import { useSite } from '../../state/site.tsx';
import { errorOf, type ScopePartGiven } from './scope-given.ts';

export function Window(given: ScopePartGiven) {
	return (
		<TimePair
			given={given}
			from={['from', __('From', 'tocsin')]}
			to={['to', __('Until', 'tocsin')]}
		/>
	);
}

export function RegisteredWindow(given: ScopePartGiven) {
	return (
		<TimePair
			given={given}
			from={['registeredFrom', __('Registered from', 'tocsin')]}
			to={['registeredTo', __('Registered until', 'tocsin')]}
		/>
	);
}

export function OtherWindow(given: ScopePartGiven) {
	return (
		<TimePair
			given={given}
			from={['otherFrom', __('Other places from', 'tocsin')]}
			to={['otherTo', __('Other places until', 'tocsin')]}
		/>
	);
}

export function AsOf(given: ScopePartGiven) {
	return (
		<TimeInput
			given={given}
			field="asOf"
			label={__('When the backup or copy was made', 'tocsin')}
			help={__('What was written later did not leak.', 'tocsin')}
		/>
	);
}

type Named = [field: TimeField, label: string];

function TimePair({ given, from, to }: { given: ScopePartGiven; from: Named; to: Named }) {
	const { timeZone } = useSite();
	return (
		<div className="tocsin-pair">
			<TimeInput given={given} field={from[0]} label={from[1]} />
			<TimeInput
				given={given}
				field={to[0]}
				label={to[1]}
				help={`${__('Time zone of the shop:', 'tocsin')} ${timeZone}`}
			/>
		</div>
	);
}

function TimeInput(props: {
	given: ScopePartGiven;
	field: TimeField;
	label: string;
	help?: string;
}) {
	const { given, field, label, help } = props;
	return (
		<TextField
			id={`${given.base}-${field}`}
			type="datetime-local"
			label={label}
			value={given.form[field]}
			error={errorOf(given.errors, field)}
			onChange={(value) => {
				given.onChange({ ...given.form, [field]: value });
			}}
			{...(help === undefined ? {} : { help })}
		/>
	);
}
