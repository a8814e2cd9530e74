// A problem in words, with its next step and, small, the code for support.
import { __ } from '@wordpress/i18n';
import { errorWords } from '../api/error-words.ts';
import type { ApiProblem } from '../api/problem.ts';

export function ProblemBox({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
	const { sentence, nextStep, code } = errorWords(problem);
	return (
		<div className="tocsin-box is-error" role="alert">
			<p>
				<strong>{sentence}</strong> {nextStep}
			</p>
			{problem.errors.length === 0 ? null : (
				<ul>
					{problem.errors.map((error) => (
						<li key={error.pointer + error.message}>{error.message}</li>
					))}
				</ul>
			)}
			<p className="tocsin-box__foot">
				{onRetry === undefined ? null : (
					<button type="button" className="button" onClick={onRetry}>
						{__('Try again', 'tocsin')}
					</button>
				)}
				<code className="tocsin-code">{code}</code>
			</p>
		</div>
	);
}
