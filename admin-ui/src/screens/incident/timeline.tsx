// Every act with who and when, newest first, with the number of its entry in the evidence log.
import type { TimelineEntry } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { SelectField } from '../../fields/select-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useResource } from '../../state/use-resource.ts';
import { inGroup, timelineGroups, type TimelineGroup } from './timeline-groups.ts';

const step = 50;
const most = 200;

/** `version` changes when there is something new to load. */
export function Timeline({ incidentId, version }: { incidentId: string; version: string }) {
	const api = useStoreApi();
	const id = useId();
	const [group, setGroup] = useState<TimelineGroup>('all');
	const [limit, setLimit] = useState(step);
	const [older, setOlder] = useState<readonly TimelineEntry[]>([]);
	const [cursor, setCursor] = useState<string | null>(null);
	const timeline = useResource({
		key: `${incidentId} ${version} ${limit}`,
		load: (signal) => api.readTimeline(incidentId, { limit }, signal),
		keep: true,
	});
	useEffect(() => {
		setOlder([]);
		setCursor(timeline.data?.next_cursor ?? null);
	}, [timeline.data]);
	const more = async () => {
		if (limit < most) {
			setLimit(Math.min(most, limit * 2));
		} else if (cursor !== null) {
			const page = await api.readTimeline(incidentId, { limit: most, cursor });
			setOlder([...older, ...page.items]);
			setCursor(page.next_cursor);
		}
	};
	return (
		<section className="tocsin-timeline" aria-labelledby={id}>
			<h2 id={id}>{__('Timeline', 'tocsin')}</h2>
			<SelectField
				id={`${id}-filter`}
				label={__('Show', 'tocsin')}
				value={group}
				options={timelineGroups()}
				onChange={setGroup}
			/>
			<Loaded resource={timeline} loading={__('Loading the timeline…', 'tocsin')}>
				{(page) => (
					<>
						<Entries
							entries={[...page.items, ...older].filter((entry) =>
								inGroup(entry, group),
							)}
						/>
						{cursor === null ? null : (
							<ActionButton variant="link" onClick={() => void more()}>
								{__('Show earlier acts', 'tocsin')}
							</ActionButton>
						)}
					</>
				)}
			</Loaded>
		</section>
	);
}

function Entries({ entries }: { entries: readonly TimelineEntry[] }) {
	if (entries.length === 0) {
		return <p>{__('Nothing of this kind so far.', 'tocsin')}</p>;
	}
	return (
		<ol className="tocsin-timeline__list">
			{entries.map((entry) => (
				<li key={entry.evidence_seq}>
					<p>{entry.text}</p>
					<p className="tocsin-note">
						{entry.actor.name}, <Time at={entry.at} />{' '}
						<span
							className="tocsin-code"
							title={__('Number in the evidence log', 'tocsin')}
						>
							#{entry.evidence_seq}
						</span>
					</p>
				</li>
			))}
		</ol>
	);
}
