// The notice as a form holds it, and its checks.
import type { Notice, NoticeDraft, Template } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';

/** Words are kept for every field ever filled in, so that trying another template loses nothing. */
export type NoticeForm = { templateId: string; language: string; values: Record<string, string> };
export type NoticeError = { key: string; message: string };

const longestValue = 4000;

/** The saved notice, else the first template in the reader's language, else in English, else whatever there is. */
export function startNotice(
	templates: readonly Template[],
	saved: Notice | null,
	locale: string,
): NoticeForm {
	if (saved !== null) {
		return { templateId: saved.template_id, language: saved.language, values: saved.values };
	}
	const reader = locale.slice(0, 2).toLowerCase();
	const inLanguage = (language: string) =>
		templates.find((template) => template.language.startsWith(language));
	const first = inLanguage(reader) ?? inLanguage('en') ?? templates[0];
	return { templateId: first?.id ?? '', language: first?.language ?? '', values: {} };
}

export function templateOf(
	templates: readonly Template[],
	form: Pick<NoticeForm, 'templateId' | 'language'>,
): Template | undefined {
	return templates.find(
		(template) => template.id === form.templateId && template.language === form.language,
	);
}

/** Languages one template exists in. */
export function languagesOf(templates: readonly Template[], templateId: string): string[] {
	return templates
		.filter((template) => template.id === templateId)
		.map((template) => template.language);
}

/** One template of each id: the same situation in several languages is one choice. */
export function situationsOf(templates: readonly Template[], language: string): Template[] {
	const ids = [...new Set(templates.map((template) => template.id))];
	return ids.flatMap((id) => {
		const same = templates.filter((template) => template.id === id);
		return same.find((template) => template.language === language) ?? same[0] ?? [];
	});
}

/** Another template, in the same language where it exists. */
export function withTemplate(
	form: NoticeForm,
	templates: readonly Template[],
	templateId: string,
): NoticeForm {
	const languages = languagesOf(templates, templateId);
	const language = languages.includes(form.language) ? form.language : (languages[0] ?? '');
	return { ...form, templateId, language };
}

export function noticeErrors(form: NoticeForm, template: Template): NoticeError[] {
	return template.fields.flatMap((field): NoticeError[] => {
		const value = form.values[field.key]?.trim() ?? '';
		if (value === '') {
			/* translators: %s: label of a field */
			return [
				{ key: field.key, message: sprintf(__('Fill in “%s”.', 'tocsin'), field.label) },
			];
		}
		return value.length > longestValue
			? [
					{
						key: field.key,
						message: sprintf(
							/* translators: 1: label of a field, 2: largest number of letters */
							__('“%1$s” is longer than %2$d letters.', 'tocsin'),
							field.label,
							longestValue,
						),
					},
				]
			: [];
	});
}

/** Only the fields this template asks for. */
export function toDraft(form: NoticeForm, template: Template): NoticeDraft {
	return {
		template_id: template.id,
		language: template.language,
		values: Object.fromEntries(
			template.fields.map((field) => [field.key, form.values[field.key]?.trim() ?? '']),
		),
	};
}
