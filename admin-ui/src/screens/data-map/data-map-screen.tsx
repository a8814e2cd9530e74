// Where this store keeps personal data: what is mapped, what is ignored and why, and what nobody has looked at.
import type { DataMapPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { finishedScan } from '../../data-map/finished-scan.ts';
import { ActionButton } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useMay } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import { useResource } from '../../state/use-resource.ts';
import { ScreenHeading } from '../screen-heading.tsx';
import { BlindSpots } from './blind-spots.tsx';
import { Coverage } from './coverage.tsx';
import { DecidedPlaces } from './decided-places.tsx';
import { IgnorePlace, type IgnoreAct } from './ignore-place.tsx';
import { KnownSources } from './known-sources.tsx';
import { NoScanYet } from './no-scan-yet.tsx';
import { ScanChanges } from './scan-changes.tsx';
import { ScanProgress } from './scan-progress.tsx';

const whileScanningMs = 2_000;
const otherwiseMs = 60_000;

export function DataMapScreen(given: {
	/** The number of blind spots is not, or may not be, what the navigation says. */
	onNews: () => Promise<void>;
}) {
	const { onNews } = given;
	const api = useStoreApi();
	const mayScan = useMay('tocsin_prepare');
	const mayManage = useMay('tocsin_manage');
	const [act, setAct] = useState<IgnoreAct | null>(null);
	const [said, setSaid] = useState('');
	const map = useResource({
		key: 'data-map',
		load: (signal) => api.readDataMap(signal),
		pollMs: (page) =>
			page !== null && runningScan(page) !== null ? whileScanningMs : otherwiseMs,
	});
	const blindSpots = map.data === null ? null : (finishedScan(map.data)?.blind_spots ?? null);
	useEffect(() => {
		if (blindSpots !== null) {
			void onNews();
		}
	}, [blindSpots, onNews]);
	const scan = useAction(async () => {
		await api.startScan();
		await map.reload();
	});
	const isRunning = map.data !== null && runningScan(map.data) !== null;
	const scanNow = mayScan ? (
		<ActionButton
			variant="primary"
			running={scan.running || isRunning}
			onClick={() => void scan.run()}
		>
			{__('Scan now', 'tocsin')}
		</ActionButton>
	) : (
		<CapabilityNote capability="tocsin_prepare" act={__('start a scan', 'tocsin')} />
	);
	return (
		<>
			<ScreenHeading title={__('Data map', 'tocsin')}>
				{map.data === null || finishedScan(map.data) === null ? null : scanNow}
			</ScreenHeading>
			<p>
				{__(
					'Every place of this store that holds personal data. After a leak, people are found only in places that are mapped.',
					'tocsin',
				)}
			</p>
			{scan.problem === null ? null : <ProblemBox problem={scan.problem} />}
			<p role="status">{said}</p>
			<Loaded resource={map} loading={__('Loading the data map…', 'tocsin')}>
				{(page) => (
					<>
						<ScanProgress scan={runningScan(page)} />
						{finishedScan(page) === null ? (
							<NoScanYet isRunning={isRunning} problem={page.scan?.problem ?? null}>
								{scanNow}
							</NoScanYet>
						) : (
							<Found page={page} onAct={mayManage ? setAct : null} />
						)}
						<KnownSources page={page} />
					</>
				)}
			</Loaded>
			{act === null ? null : (
				<IgnorePlace
					act={act}
					onClose={() => {
						setAct(null);
					}}
					onDone={(page) => {
						setAct(null);
						map.replace(page);
						setSaid(
							act.ignored
								? __('The place is ignored now.', 'tocsin')
								: __('The decision was taken back.', 'tocsin'),
						);
					}}
				/>
			)}
		</>
	);
}

/** The first scan stands as the last one while it runs; later ones run beside the last finished one. */
function runningScan(page: DataMapPage): DataMapPage['running'] {
	return page.running ?? (page.scan?.state === 'running' ? page.scan : null);
}

function Found(given: { page: DataMapPage; onAct: ((act: IgnoreAct) => void) | null }) {
	const { page, onAct } = given;
	const scan = finishedScan(page);
	const decided = page.places.filter((place) => place.state !== 'blind_spot');
	return (
		<>
			{scan === null ? null : <Coverage scan={scan} />}
			<BlindSpots
				places={page.places.filter((place) => place.state === 'blind_spot')}
				onAct={onAct}
			/>
			<Tabs
				label={__('More of the data map', 'tocsin')}
				tabs={[
					{
						id: 'decided',
						label: __('Mapped and ignored', 'tocsin'),
						content: (
							<DecidedPlaces places={decided} sources={page.sources} onAct={onAct} />
						),
					},
					{
						id: 'changes',
						label: __('Changed since the scan before', 'tocsin'),
						content: <ScanChanges changes={page.changes} />,
					},
				]}
			/>
		</>
	);
}
