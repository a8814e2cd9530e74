// What we tell them: template, language, the incident's own words, and the notice as the customer will see it.
import type { IncidentPage, NoticeDraft, Template } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { ErrorSummary } from '../../fields/error-summary.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { NoticeSample } from '../../parts/notice-sample.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { useMay, useSite } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import { useResource } from '../../state/use-resource.ts';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { useVoidingConfirm } from '../incident/use-voiding-confirm.tsx';
import { noticeErrors, startNotice, templateOf, toDraft, type NoticeForm } from './notice-form.ts';
import { NoticeFields } from './notice-fields.tsx';
import { NoticePreviewPane } from './notice-preview-pane.tsx';

export function NoticeStep({ page, onChanged }: StepGiven) {
	const api = useStoreApi();
	const mayPrepare = useMay('tocsin_prepare');
	const canChange = mayPrepare && page.dispatch === null;
	const templates = useResource({
		key: canChange ? 'templates' : null,
		load: (signal) => api.listTemplates(signal),
	});
	if (!canChange) {
		return (
			<>
				{page.notice === null ? null : <NoticeSample sample={page.notice.sample} />}
				{mayPrepare ? (
					<p>{__('Sending has begun, so this can no longer be changed.', 'tocsin')}</p>
				) : (
					<CapabilityNote
						capability="tocsin_prepare"
						act={__('change the notice', 'tocsin')}
					/>
				)}
			</>
		);
	}
	return (
		<Loaded resource={templates} loading={__('Loading the templates…', 'tocsin')}>
			{({ items }) =>
				items.length === 0 ? (
					<p>
						{__(
							'The sidecar has no templates. Add one to its templates folder.',
							'tocsin',
						)}
					</p>
				) : (
					<Form
						key={page.notice?.id ?? 'new'}
						templates={items}
						page={page}
						onChanged={onChanged}
					/>
				)
			}
		</Loaded>
	);
}

function Form(given: {
	templates: readonly Template[];
	page: IncidentPage;
	onChanged: () => Promise<void>;
}) {
	const { templates, page } = given;
	const api = useStoreApi();
	const { locale } = useSite();
	const base = useId();
	const [form, setForm] = useState<NoticeForm>(() => startNotice(templates, page.notice, locale));
	const [attempt, setAttempt] = useState(0);
	const voiding = useVoidingConfirm(page.manifest);
	const save = useAction(async (draft: NoticeDraft) => {
		await api.setNotice(page.incident.id, draft);
		await given.onChanged();
	});
	const template = templateOf(templates, form);
	const errors = template === undefined ? [] : noticeErrors(form, template);
	const draft = template === undefined || errors.length > 0 ? null : toDraft(form, template);
	const submit = () => {
		setAttempt(attempt + 1);
		if (draft !== null) {
			voiding.ask(() => void save.run(draft));
		}
	};
	const shownErrors = attempt === 0 ? [] : errors;
	return (
		<form
			noValidate
			className="tocsin-notice"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<div>
				<ErrorSummary
					attempt={attempt}
					lines={shownErrors.map((error) => ({
						fieldId: `${base}-${error.key}`,
						message: error.message,
					}))}
				/>
				<NoticeFields
					base={base}
					templates={templates}
					template={template}
					form={form}
					errors={shownErrors}
					onChange={setForm}
				/>
				{save.problem === null ? null : <ProblemBox problem={save.problem} />}
				<div className="tocsin-buttons">
					<ActionButton type="submit" running={save.running}>
						{__('Save what we tell them', 'tocsin')}
					</ActionButton>
				</div>
				<p className="tocsin-note">
					{__(
						'Nothing is sent by this. Two approvers read exactly this text before it goes out.',
						'tocsin',
					)}
				</p>
			</div>
			<NoticePreviewPane incidentId={page.incident.id} draft={draft} />
			{voiding.dialog}
		</form>
	);
}
