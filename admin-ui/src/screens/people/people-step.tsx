// Who: the frozen people in numbers, and, for those who may, one by one.
import { __ } from '@wordpress/i18n';
import { ApiProblem } from '../../api/problem.ts';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { AudienceCountsView } from '../../parts/audience-counts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Time } from '../../parts/time.tsx';
import { useMay, useSite } from '../../state/site.tsx';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { progressWords } from '../incident/progress-words.ts';
import { DecisionList } from '../review/decision-list.tsx';
import { FreezeAgain } from './freeze-again.tsx';
import { PeopleTabs } from './people-tabs.tsx';

export function PeopleStep({ page, onChanged }: StepGiven) {
	const { locale } = useSite();
	const { audience } = page;
	const mayPrepare = useMay('tocsin_prepare');
	if (audience === null) {
		return (
			<p>
				{page.scope === null
					? __('First say which data leaked. Then the people can be found.', 'tocsin')
					: __(
							'The people are not frozen yet. Until then the number above is a live count.',
							'tocsin',
						)}
			</p>
		);
	}
	if (audience.state === 'resolving') {
		return <Loading what={progressWords(page, locale)} />;
	}
	return (
		<>
			{audience.state === 'failed' ? (
				<ProblemBox
					problem={
						new ApiProblem({
							code: audience.problem?.code ?? 'audience.failed',
							title:
								audience.problem?.title ??
								__('The people could not be read.', 'tocsin'),
						})
					}
				/>
			) : null}
			{page.audience_is_stale ? (
				<p className="tocsin-box is-warning">
					{__(
						'Which data leaked was changed after this list was frozen: it shows the people from before.',
						'tocsin',
					)}
				</p>
			) : null}
			{audience.counts === null ? null : <AudienceCountsView counts={audience.counts} />}
			{audience.frozen_at === null ? null : (
				<p className="tocsin-note">
					{__('Frozen', 'tocsin')} <Time at={audience.frozen_at} />
				</p>
			)}
			{audience.state !== 'frozen' ? (
				<FreezeAgain page={page} onChanged={onChanged} />
			) : mayPrepare ? (
				<PeopleTabs
					key={audience.id}
					audience={audience}
					page={page}
					onChanged={onChanged}
				/>
			) : (
				<>
					<CapabilityNote
						capability="tocsin_prepare"
						act={__('see single people', 'tocsin')}
					/>
					<h3>{__('Decisions about who is one human', 'tocsin')}</h3>
					<DecisionList incidentId={page.incident.id} onDecided={null} />
				</>
			)}
		</>
	);
}
