// A short table of what counts how many, with a bar as decoration. Long lists fold after a few lines.
import type { Tally } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { useSite } from '../state/site.tsx';
import { numberWords } from '../words/number-words.ts';

const fewLines = 5;

export function TallyTable(given: {
	caption: string;
	tallies: readonly Tally[];
	words: (key: string) => string;
	/** Under the table: such as that a person may stand in several lines. */
	note?: string;
}) {
	const { locale } = useSite();
	const [all, setAll] = useState(false);
	const sorted = [...given.tallies].sort((one, other) => other.count - one.count);
	const shown = all ? sorted : sorted.slice(0, fewLines);
	const rest = sorted.length - shown.length;
	if (sorted.length === 0) {
		return null;
	}
	return (
		<div className="tocsin-tally">
			<table>
				<caption>{given.caption}</caption>
				<tbody>
					{shown.map((tally) => (
						<tr key={tally.key}>
							<th scope="row">{given.words(tally.key)}</th>
							<td>{numberWords(tally.count, locale)}</td>
						</tr>
					))}
				</tbody>
			</table>
			{given.note === undefined ? null : <p className="tocsin-note">{given.note}</p>}
			{rest > 0 ? (
				<button
					type="button"
					className="tocsin-link"
					onClick={() => {
						setAll(true);
					}}
				>
					{/* translators: 1: number of further lines, 2: name of the table */}
					{sprintf(__('Show %1$d more: %2$s', 'tocsin'), rest, given.caption)}
				</button>
			) : null}
		</div>
	);
}
