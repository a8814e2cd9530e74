// The consequence of each step that changes something, before it is done.
import type { IncidentPage, IncidentTransition } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import type { StoreApi } from '../../api/store-api.ts';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';
import { useSite } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import { peopleWords } from '../../words/number-words.ts';

export type NextStepAct =
	'confirm' | 'dismiss' | 'reopen' | 'close' | 'freeze_audience' | 'request_approval';

export function NextStepDialog(given: {
	act: NextStepAct;
	page: IncidentPage;
	onClose: () => void;
	onChanged: () => Promise<void>;
}) {
	const { act, page } = given;
	const api = useStoreApi();
	const { locale } = useSite();
	const perform = useAction(async (reason: string) => {
		await performAct(api, page.incident.id, act, reason);
		given.onClose();
		await given.onChanged();
	});
	const words = wordsOf(act, page, locale);
	return (
		<ConfirmDialog
			title={words.title}
			confirmLabel={words.button}
			{...(words.reason === undefined ? {} : { reasonLabel: words.reason })}
			isDestructive={act === 'dismiss'}
			running={perform.running}
			problem={perform.problem}
			onConfirm={(reason) => void perform.run(reason)}
			onCancel={given.onClose}
		>
			{words.consequences.map((consequence) => (
				<p key={consequence}>{consequence}</p>
			))}
		</ConfirmDialog>
	);
}

const transitions: Partial<Record<NextStepAct, IncidentTransition['to']>> = {
	confirm: 'confirmed',
	dismiss: 'dismissed',
	reopen: 'suspected',
	close: 'closed',
};

function performAct(api: StoreApi, id: string, act: NextStepAct, reason: string) {
	const to = transitions[act];
	if (to !== undefined) {
		return api.moveIncident(id, { to, reason });
	}
	return act === 'freeze_audience' ? api.freezeAudience(id) : api.requestApproval(id);
}

type ActWords = { title: string; button: string; consequences: string[]; reason?: string };

const openManifestWords = () =>
	__(
		'Approval was asked for already: that request becomes void and has to be made anew.',
		'tocsin',
	);

function wordsOf(act: NextStepAct, page: IncidentPage, locale: string): ActWords {
	const hasOpenManifest = page.manifest?.state === 'open';
	const voids = hasOpenManifest ? [openManifestWords()] : [];
	switch (act) {
		case 'confirm':
			return {
				title: __('Confirm the incident', 'tocsin'),
				button: __('Yes, confirm it', 'tocsin'),
				consequences: [
					__('This records that data leaked. Nothing is sent by this.', 'tocsin'),
					page.incident.aware_at === null
						? __(
								'The 72 hours begin when you became aware. That time is not set yet: add it under “What happened”.',
								'tocsin',
							)
						: __('The 72 hours already count from when you became aware.', 'tocsin'),
				],
			};
		case 'dismiss':
			return {
				title: __('Dismiss the incident', 'tocsin'),
				button: __('Yes, dismiss it', 'tocsin'),
				reason: __('Why this is not a leak', 'tocsin'),
				consequences: [
					__(
						'Nobody will be told. The incident stays in the list and can be reopened.',
						'tocsin',
					),
					...voids,
				],
			};
		case 'reopen':
			return {
				title: __('Reopen the incident', 'tocsin'),
				button: __('Yes, reopen it', 'tocsin'),
				reason: __('Why it is opened again', 'tocsin'),
				consequences: [
					__('It becomes suspected again. What was sent stays sent.', 'tocsin'),
				],
			};
		case 'close':
			return {
				title: __('Close the incident', 'tocsin'),
				button: __('Yes, close it', 'tocsin'),
				consequences: [
					__(
						'The job is over. The proof stays, and the incident can be reopened.',
						'tocsin',
					),
				],
			};
		case 'freeze_audience':
			return {
				title: __('Freeze the list of people', 'tocsin'),
				button: __('Yes, freeze the list', 'tocsin'),
				consequences: [
					__(
						'The store is read once, in one consistent view. Who is found then is who will be told; later orders are not added.',
						'tocsin',
					),
					__(
						'Their contact details are kept encrypted in the sidecar. Nothing is sent by this, and the list can be frozen again.',
						'tocsin',
					),
					...voids,
				],
			};
		case 'request_approval':
			return {
				title: __('Request approval', 'tocsin'),
				button: __('Yes, request approval', 'tocsin'),
				consequences: [
					requestSentence(page, locale),
					__(
						'Two approvers, neither of them you, must agree with their passkeys at the sidecar’s console. Sending begins at once after the second approval.',
						'tocsin',
					),
					__(
						'Until then you can withdraw it. Any change to people, text or plan makes it void.',
						'tocsin',
					),
				],
			};
	}
}

function requestSentence(page: IncidentPage, locale: string): string {
	return sprintf(
		/* translators: 1: name of the notice, 2: such as "3,412 people" */
		__('Asks to send “%1$s” to %2$s by e-mail.', 'tocsin'),
		page.notice?.template_title ?? '',
		peopleWords(page.audience?.counts?.reachable ?? null, locale),
	);
}
