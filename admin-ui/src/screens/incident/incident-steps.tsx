// The seven steps. The current one is open; the reader may open any other. Steps after it say what they wait for.
import type { IncidentPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, type ReactNode } from 'react';
import { steps, type Step } from '../../routing/route.ts';
import { useSite } from '../../state/site.tsx';
import { ApprovalStep } from '../approval/approval-step.tsx';
import { HappenedStep } from '../happened/happened-step.tsx';
import { NoticeStep } from '../notice/notice-step.tsx';
import { PeopleStep } from '../people/people-step.tsx';
import { ProofStep } from '../proof/proof-step.tsx';
import { ScopeStep } from '../scope/scope-step.tsx';
import { SendingStep } from '../sending/sending-step.tsx';
import { stepOf } from './current-step.ts';
import { StepSection, type StepState } from './step-section.tsx';
import { stepSummary } from './step-summary.ts';
import { useOpenSteps, type StepCall } from './use-open-steps.ts';

export type StepGiven = { page: IncidentPage; onChanged: () => Promise<void> };

export function stepTitle(step: Step): string {
	const titles: Record<Step, string> = {
		happened: __('What happened', 'tocsin'),
		scope: __('Which data', 'tocsin'),
		people: __('Who', 'tocsin'),
		notice: __('What we tell them', 'tocsin'),
		approval: __('Approval', 'tocsin'),
		sending: __('Sending', 'tocsin'),
		proof: __('Proof', 'tocsin'),
	};
	return titles[step];
}

export function IncidentSteps({
	page,
	called,
	onChanged,
}: StepGiven & { called: StepCall | null }) {
	const base = useId();
	const site = useSite();
	const current = stepOf(page.next_step);
	const { isOpen, toggle, sentTo } = useOpenSteps(current, called);
	return steps.map((step) => (
		<StepSection
			key={step}
			step={step}
			id={`${base}-${step}`}
			title={stepTitle(step)}
			state={stateOf(step, current)}
			summary={stepSummary(page, step, site)}
			isOpen={isOpen(step)}
			onToggle={() => {
				toggle(step);
			}}
			calledAt={sentTo?.step === step ? sentTo.at : 0}
		>
			{contentOf(step, { page, onChanged })}
		</StepSection>
	));
}

function stateOf(step: Step, current: Step): StepState {
	const [at, now] = [steps.indexOf(step), steps.indexOf(current)];
	return at === now ? 'current' : at < now ? 'done' : 'later';
}

function contentOf(step: Step, given: StepGiven): ReactNode {
	switch (step) {
		case 'happened':
			return <HappenedStep {...given} />;
		case 'scope':
			return <ScopeStep {...given} />;
		case 'people':
			return <PeopleStep {...given} />;
		case 'notice':
			return <NoticeStep {...given} />;
		case 'approval':
			return <ApprovalStep {...given} />;
		case 'sending':
			return <SendingStep {...given} />;
		case 'proof':
			return <ProofStep />;
	}
}
