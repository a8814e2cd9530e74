// The one primary button of an incident, always in the same place, and what is missing before approval.
import type { IncidentPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useRef, useState } from 'react';
import { ActionButton, ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import type { Step } from '../../routing/route.ts';
import { useMay, useSite } from '../../state/site.tsx';
import { nextStepWords } from '../../words/incident-words.ts';
import { Checklist } from './checklist.tsx';
import { stepOf } from './current-step.ts';
import { nextStepSentence } from './next-step-sentence.ts';
import { NextStepDialog, type NextStepAct } from './next-step-dialog.tsx';

type Given = {
	page: IncidentPage;
	onChanged: () => Promise<void>;
	/** Opens a step of the page and leads there. */
	onGoTo: (step: Step) => void;
};

export function NextStepBox({ page, onChanged, onGoTo }: Given) {
	const { locale } = useSite();
	const [act, setAct] = useState<NextStepAct | null>(null);
	const mayPrepare = useMay('tocsin_prepare');
	const hasMoved = useRef(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		// The button that was pressed is gone with its step: the focus must not be lost with it.
		if (document.activeElement === document.body && hasMoved.current) {
			heading.current?.focus();
		}
		hasMoved.current = true;
	}, [page.next_step]);
	return (
		<section className="tocsin-next" aria-labelledby="tocsin-next-title">
			<h2 id="tocsin-next-title" ref={heading} tabIndex={-1}>
				{__('Next step', 'tocsin')}
			</h2>
			<p>{nextStepSentence(page, locale)}</p>
			<div className="tocsin-buttons">
				<PrimaryButton page={page} onAct={setAct} onGoTo={onGoTo} />
			</div>
			{mayPrepare ? <OtherMoves page={page} onAct={setAct} /> : null}
			<Checklist page={page} />
			{act === null ? null : (
				<NextStepDialog
					act={act}
					page={page}
					onClose={() => {
						setAct(null);
					}}
					onChanged={onChanged}
				/>
			)}
		</section>
	);
}

/** Steps that need no capability: looking. */
const lookingSteps = ['wait_for_approval', 'watch_sending', 'resolve_unknown'];

function PrimaryButton(given: Omit<Given, 'onChanged'> & { onAct: (act: NextStepAct) => void }) {
	const { page, onAct, onGoTo } = given;
	const mayPrepare = useMay('tocsin_prepare');
	const step = page.next_step;
	const label = nextStepWords(step);
	if (step === 'none' || step === 'wait_for_audience') {
		return null;
	}
	if (!mayPrepare && !lookingSteps.includes(step)) {
		return <CapabilityNote capability="tocsin_prepare" act={__('do this step', 'tocsin')} />;
	}
	if (step === 'wait_for_approval' && page.manifest !== null) {
		return (
			<ActionLink variant="primary" href={page.manifest.console_url} newTab>
				{label}
				<span className="tocsin-unseen"> ({__('opens in a new tab', 'tocsin')})</span>
			</ActionLink>
		);
	}
	if (
		step === 'confirm' ||
		step === 'freeze_audience' ||
		step === 'request_approval' ||
		step === 'close'
	) {
		return (
			<ActionButton
				variant="primary"
				onClick={() => {
					onAct(step);
				}}
			>
				{label}
			</ActionButton>
		);
	}
	return (
		<ActionButton
			variant="primary"
			onClick={() => {
				onGoTo(stepOf(step));
			}}
		>
			{label}
		</ActionButton>
	);
}

function OtherMoves({ page, onAct }: { page: IncidentPage; onAct: (act: NextStepAct) => void }) {
	const { state } = page.incident;
	const canDismiss = (state === 'suspected' || state === 'confirmed') && page.dispatch === null;
	const canReopen = state === 'closed' || state === 'dismissed';
	if (canDismiss) {
		return (
			<ActionButton
				variant="link"
				isDestructive
				onClick={() => {
					onAct('dismiss');
				}}
			>
				{__('Dismiss the incident', 'tocsin')}
			</ActionButton>
		);
	}
	return canReopen ? (
		<ActionButton
			onClick={() => {
				onAct('reopen');
			}}
		>
			{__('Reopen the incident', 'tocsin')}
		</ActionButton>
	) : null;
}
