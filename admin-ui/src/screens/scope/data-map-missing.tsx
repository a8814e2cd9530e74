// Said where the data map could not be loaded: presets then cannot fill in carts and plugins' own places.
import { __ } from '@wordpress/i18n';
import { LoadProblem } from '../../parts/load-problem.tsx';
import { useDataMap } from '../../state/data-map.tsx';

export function DataMapMissing() {
	const map = useDataMap();
	if (map === null || map.data !== null || map.problem === null) {
		return null;
	}
	return (
		<>
			<LoadProblem problem={map.problem} onRetry={() => void map.reload()} />
			<p className="tocsin-note">
				{__(
					'Without the data map only accounts, orders and lists can be chosen: a preset leaves out carts and the places of plugins.',
					'tocsin',
				)}
			</p>
		</>
	);
}
