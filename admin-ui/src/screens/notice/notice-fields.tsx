// Situation, language and the incident's own words, with what the law asks for as a checklist.
import type { Template } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { SelectField } from '../../fields/select-field.tsx';
import { TextAreaField } from '../../fields/text-field.tsx';
import { useSite } from '../../state/site.tsx';
import {
	languagesOf,
	situationsOf,
	withTemplate,
	type NoticeError,
	type NoticeForm,
} from './notice-form.ts';
import { coversWords } from './covers-words.ts';

export function NoticeFields(given: {
	base: string;
	templates: readonly Template[];
	template: Template | undefined;
	form: NoticeForm;
	errors: readonly NoticeError[];
	onChange: (form: NoticeForm) => void;
}) {
	const { base, templates, template, form, errors, onChange } = given;
	const { locale } = useSite();
	const names = new Intl.DisplayNames([locale], { type: 'language' });
	const languages = languagesOf(templates, form.templateId);
	return (
		<div className="tocsin-form">
			<SelectField
				id={`${base}-template`}
				label={__('Situation', 'tocsin')}
				value={form.templateId}
				options={situationsOf(templates, form.language).map((each) => ({
					value: each.id,
					label: each.title,
				}))}
				onChange={(templateId) => {
					onChange(withTemplate(form, templates, templateId));
				}}
			/>
			<SelectField
				id={`${base}-language`}
				label={__('Language', 'tocsin')}
				value={form.language}
				options={languages.map((language) => ({
					value: language,
					label: names.of(language) ?? language,
				}))}
				onChange={(language) => {
					onChange({ ...form, language });
				}}
			/>
			{template?.fields.map((field) => (
				<TextAreaField
					key={field.key}
					id={`${base}-${field.key}`}
					label={field.label}
					help={field.help}
					rows={3}
					value={form.values[field.key] ?? ''}
					error={errors.find((error) => error.key === field.key)?.message}
					onChange={(value) => {
						onChange({ ...form, values: { ...form.values, [field.key]: value } });
					}}
				/>
			))}
			{template === undefined ? null : <Covers template={template} />}
		</div>
	);
}

function Covers({ template }: { template: Template }) {
	if (template.covers.length === 0) {
		return null;
	}
	return (
		<div className="tocsin-todo">
			<h3>{__('What the law asks a notice to say', 'tocsin')}</h3>
			<ul>
				{template.covers.map((cover) => (
					<li key={cover.item} className={cover.covered ? 'is-done' : 'is-missing'}>
						<span className="tocsin-unseen">
							{cover.covered ? __('Covered', 'tocsin') : __('Missing', 'tocsin')}
							:{' '}
						</span>
						{coversWords(cover.item)}
					</li>
				))}
			</ul>
		</div>
	);
}
