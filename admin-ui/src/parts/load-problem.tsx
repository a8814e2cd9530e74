// Something could not be loaded. Where no answer came at all, the message on top of the screen says it once for all.
import { __ } from '@wordpress/i18n';
import type { ApiProblem } from '../api/problem.ts';
import { meansNoAnswer } from '../state/connection.ts';
import { ProblemBox } from './problem-box.tsx';

export function LoadProblem({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
	if (!meansNoAnswer(problem.code)) {
		return <ProblemBox problem={problem} onRetry={onRetry} />;
	}
	return (
		<div className="tocsin-box is-warning" role="status">
			<p>{__('This could not be loaded. The message on top says why.', 'tocsin')}</p>
			<button type="button" className="button" onClick={onRetry}>
				{__('Try again', 'tocsin')}
			</button>
		</div>
	);
}
