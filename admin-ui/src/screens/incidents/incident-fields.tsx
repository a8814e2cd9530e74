// The fields of an incident, for declaring and for correcting it.
import { __ } from '@wordpress/i18n';
import { SelectField } from '../../fields/select-field.tsx';
import { TextAreaField, TextField } from '../../fields/text-field.tsx';
import { incidentTypes, severities, severityWords, typeWords } from '../../words/incident-words.ts';
import type { IncidentForm, IncidentFormErrors } from './incident-form.ts';

export function IncidentFields(given: {
	/** Start of the fields' ids. */
	base: string;
	form: IncidentForm;
	errors: IncidentFormErrors;
	onChange: (form: IncidentForm) => void;
}) {
	const { base, form, errors, onChange } = given;
	const field = <K extends keyof IncidentForm>(name: K) => ({
		id: `${base}-${name}`,
		value: form[name],
		error: errors[name],
		onChange: (value: IncidentForm[K]) => {
			onChange({ ...form, [name]: value });
		},
	});
	return (
		<div className="tocsin-form">
			<TextField
				{...field('title')}
				label={__('Title', 'tocsin')}
				help={__('Short and without names of customers. Approvers see it.', 'tocsin')}
			/>
			<SelectField
				{...field('type')}
				label={__('What kind of leak', 'tocsin')}
				options={incidentTypes.map((type) => ({ value: type, label: typeWords(type) }))}
			/>
			<SelectField
				{...field('severity')}
				label={__('Severity', 'tocsin')}
				options={severities.map((each) => ({ value: each, label: severityWords(each) }))}
			/>
			<TextAreaField
				{...field('description')}
				label={__('What is known so far', 'tocsin')}
				help={__('For your team and the approvers, not for customers.', 'tocsin')}
				rows={4}
			/>
			<TextField
				{...field('awareAt')}
				type="datetime-local"
				label={__('When you became aware', 'tocsin')}
				help={__(
					'The 72 hours to tell the authority count from here (GDPR Art. 33).',
					'tocsin',
				)}
			/>
			<TextField
				{...field('detectedAt')}
				type="datetime-local"
				label={__('When something first pointed to it', 'tocsin')}
			/>
			<TextField
				{...field('occurredFrom')}
				type="datetime-local"
				label={__('When the leak began, as far as known', 'tocsin')}
			/>
			<TextField
				{...field('occurredTo')}
				type="datetime-local"
				label={__('When the leak ended, as far as known', 'tocsin')}
			/>
		</div>
	);
}
