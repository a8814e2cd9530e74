// The incident on one page, in the order of the job, with the one next step and the timeline beside it.
import type { IncidentPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { LiveText } from '../../parts/live-text.tsx';
import type { Step } from '../../routing/route.ts';
import { goTo } from '../../routing/use-route.ts';
import { DataMapContext } from '../../state/data-map.tsx';
import { useSite } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { ScreenHeading } from '../screen-heading.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { IncidentSteps } from './incident-steps.tsx';
import { NextStepBox } from './next-step-box.tsx';
import { progressWords } from './progress-words.ts';
import { Timeline } from './timeline.tsx';
import type { StepCall } from './use-open-steps.ts';

/** How soon the page may have changed by itself. */
function pollMs(page: IncidentPage | null): number {
	if (page?.audience?.state === 'resolving') {
		return 2_000;
	}
	if (page?.manifest?.state === 'open') {
		return 5_000;
	}
	return page?.dispatch?.state === 'running' ? 10_000 : 30_000;
}

export function IncidentScreen({ id, step }: { id: string; step: Step | null }) {
	const api = useStoreApi();
	const { locale } = useSite();
	const page = useResource({
		key: id,
		load: (signal) => api.readIncident(id, signal),
		pollMs,
	});
	const map = useResource({ key: 'data-map', load: (signal) => api.readDataMap(signal) });
	const [called, setCalled] = useState<StepCall | null>(null);
	const callStep = (to: Step) => {
		setCalled({ step: to, at: Date.now() });
	};
	useEffect(() => {
		if (step !== null) {
			callStep(step);
		}
	}, [step]);
	const title = page.data?.incident.title ?? __('Incident', 'tocsin');
	return (
		<>
			<ScreenHeading title={title}>
				{page.data === null ? null : <IncidentFacts incident={page.data.incident} />}
			</ScreenHeading>
			<LiveText text={page.data === null ? '' : progressWords(page.data, locale)} />
			<Loaded resource={page} loading={__('Loading the incident…', 'tocsin')}>
				{(data) => (
					<div className="tocsin-incident">
						<div className="tocsin-incident__next">
							<NextStepBox
								page={data}
								onChanged={page.reload}
								onGoTo={(to) => {
									goTo({ screen: 'incident', id, step: to });
									callStep(to);
								}}
							/>
						</div>
						<div className="tocsin-incident__steps">
							<DataMapContext.Provider value={map}>
								<IncidentSteps
									page={data}
									called={called}
									onChanged={page.reload}
								/>
							</DataMapContext.Provider>
						</div>
						<div className="tocsin-incident__timeline">
							<Timeline incidentId={id} version={timelineVersion(data)} />
						</div>
					</div>
				)}
			</Loaded>
		</>
	);
}

/** Changes when something happened that the timeline will tell of. */
function timelineVersion(page: IncidentPage): string {
	return [
		page.incident.version,
		page.incident.state,
		page.scope?.id,
		page.audience?.state,
		page.notice?.id,
		page.manifest?.state,
		page.manifest?.approvals.length,
		page.dispatch?.state,
	].join(' ');
}
