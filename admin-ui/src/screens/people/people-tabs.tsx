// The frozen people one by one, who of them may be one human, what was decided about that, and what the last freeze changed.
import type { Audience, IdentityDecision } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { LookFirst } from '../../parts/look-first.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useMay } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { AudienceChangesList } from '../review/audience-changes.tsx';
import { DecisionList } from '../review/decision-list.tsx';
import { HintList } from '../review/hint-list.tsx';
import { pendingDecisions } from '../review/pending-decisions.ts';
import { FreezeAgain } from './freeze-again.tsx';
import { PeopleTable } from './people-table.tsx';

/** More that wait for one freeze are only said to be many. */
const mostDecisions = 200;

export function PeopleTabs({ audience, page, onChanged }: StepGiven & { audience: Audience }) {
	const api = useStoreApi();
	const mayPrepare = useMay('tocsin_prepare');
	const { id } = page.incident;
	const decisions = useResource({
		key: `${id} ${audience.id}`,
		load: (signal) => api.listIdentityDecisions(id, { limit: mostDecisions }, signal),
	});
	const isOpen = page.incident.state === 'confirmed' && page.dispatch === null;
	const onDecided = mayPrepare && isOpen ? () => void decisions.reload() : null;
	const hints = audience.counts?.hints ?? 0;
	return (
		<>
			<Pending
				waiting={pendingDecisions(decisions.data?.items ?? [], audience.requested_at)}
				page={page}
				onChanged={onChanged}
			/>
			<Tabs
				label={__('The frozen list', 'tocsin')}
				tabs={[
					{
						id: 'people',
						label: __('One by one', 'tocsin'),
						content: (
							<PeopleTable
								incidentId={id}
								audienceId={audience.id}
								hasOutcome={page.dispatch !== null}
								onDecided={onDecided}
							/>
						),
					},
					{
						id: 'hints',
						label:
							hints === 0
								? __('May be one human', 'tocsin')
								: /* translators: %d: number of groups */
									sprintf(__('May be one human (%d)', 'tocsin'), hints),
						content: (
							<Section
								title={__('People who may be one human', 'tocsin')}
								explain={__(
									'They share something, but not enough to be merged by a rule. Until you decide, each is counted and told for themselves. A decision counts from the next freeze on; the frozen list stays as it is.',
									'tocsin',
								)}
							>
								<LookFirst label={__('Show the groups', 'tocsin')}>
									<HintList
										key={audience.id}
										incidentId={id}
										audienceId={audience.id}
										onDecided={onDecided}
									/>
								</LookFirst>
							</Section>
						),
					},
					{
						id: 'decisions',
						label: __('Decisions', 'tocsin'),
						content: (
							<Section
								title={__('Decisions about who is one human', 'tocsin')}
								explain={__(
									'Each counts from the next freeze after it, and is in the evidence log.',
									'tocsin',
								)}
							>
								<DecisionList incidentId={id} onDecided={onDecided} />
							</Section>
						),
					},
					{
						id: 'changes',
						label: __('Added and removed', 'tocsin'),
						content: (
							<Section
								title={__('What the last freeze changed', 'tocsin')}
								explain={__(
									'The newest frozen list against the one before it.',
									'tocsin',
								)}
							>
								<LookFirst label={__('Show who was added and removed', 'tocsin')}>
									<AudienceChangesList
										key={audience.id}
										incidentId={id}
										audienceId={audience.id}
									/>
								</LookFirst>
							</Section>
						),
					},
				]}
			/>
		</>
	);
}

function Section(given: { title: string; explain: string; children: ReactNode }) {
	return (
		<>
			<h3>{given.title}</h3>
			<p>{given.explain}</p>
			{given.children}
		</>
	);
}

function Pending(given: StepGiven & { waiting: readonly IdentityDecision[] }) {
	const count = given.waiting.length;
	if (count === 0) {
		return <FreezeAgain page={given.page} onChanged={given.onChanged} />;
	}
	return (
		<div className="tocsin-box is-warning" role="status">
			<p>
				{sprintf(
					/* translators: %d: number of decisions */
					_n(
						'%d decision about who is one human was made or taken back after this list was frozen. It counts from the next freeze on.',
						'%d decisions about who is one human were made or taken back after this list was frozen. They count from the next freeze on.',
						count,
						'tocsin',
					),
					count,
				)}
			</p>
			<FreezeAgain page={given.page} onChanged={given.onChanged} />
		</div>
	);
}
