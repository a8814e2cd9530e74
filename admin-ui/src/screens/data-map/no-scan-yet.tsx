// Before a scan has finished: what it will do, why the last one failed, and the one button.
import type { ScanSummary } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { ProblemBox } from '../../parts/problem-box.tsx';

export function NoScanYet(given: {
	isRunning: boolean;
	problem: ScanSummary['problem'];
	children: ReactNode;
}) {
	const { isRunning, problem, children } = given;
	return (
		<div className="tocsin-empty">
			<h2>
				{isRunning
					? __('The first scan is under way', 'tocsin')
					: __('This store was not scanned yet', 'tocsin')}
			</h2>
			<p>
				{__(
					'A scan looks at every table of the database, also of plugins that are no longer active, takes samples, and says where personal data lies. It only reads, and keeps no values: names of tables, columns and keys, and kinds of data.',
					'tocsin',
				)}
			</p>
			<p>
				{__(
					'What it finds and does not know is a blind spot: somebody named only there would be missed after a leak.',
					'tocsin',
				)}
			</p>
			{isRunning || problem === null ? null : (
				<ProblemBox problem={new ApiProblem(problem)} />
			)}
			{isRunning ? null : children}
		</div>
	);
}
