// What is wrong with a form, on top of it, each line leading to its field. Takes the focus when it appears.
import { _n, sprintf } from '@wordpress/i18n';
import { useEffect, useRef } from 'react';

export type SummaryLine = { fieldId: string; message: string };

/** `attempt` rises with each try to save, so that the focus comes back at each failed one. */
export function ErrorSummary({
	lines,
	attempt,
}: {
	lines: readonly SummaryLine[];
	attempt: number;
}) {
	const box = useRef<HTMLDivElement>(null);
	const count = lines.length;
	const seen = useRef(0);
	useEffect(() => {
		// Only a new try moves the focus: correcting one field must not.
		if (attempt > seen.current && count > 0) {
			box.current?.focus();
		}
		seen.current = attempt;
	}, [attempt, count]);
	if (count === 0) {
		return null;
	}
	return (
		<div className="tocsin-box is-error" ref={box} tabIndex={-1} role="group">
			<p>
				<strong>
					{sprintf(
						/* translators: %d: number of things to correct */
						_n('%d thing to correct', '%d things to correct', count, 'tocsin'),
						count,
					)}
				</strong>
			</p>
			<ul>
				{lines.map((line) => (
					<li key={line.fieldId + line.message}>
						<button
							type="button"
							className="tocsin-link"
							onClick={() => document.getElementById(line.fieldId)?.focus()}
						>
							{line.message}
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}
