// What the last scan found otherwise than the one before it.
import type { ScanChange } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { changeWords } from '../../data-map/map-words.ts';
import { dataClassWords } from '../../words/data-class-words.ts';

const order: readonly ScanChange['kind'][] = [
	'new_blind_spot',
	'classes_changed',
	'new_place',
	'now_mapped',
	'gone',
];

export function ScanChanges({ changes }: { changes: readonly ScanChange[] }) {
	if (changes.length === 0) {
		return <p>{__('Nothing changed, or there was no scan before.', 'tocsin')}</p>;
	}
	return order
		.map((kind) => ({ kind, found: changes.filter((change) => change.kind === kind) }))
		.filter(({ found }) => found.length > 0)
		.map(({ kind, found }) => (
			<section key={kind}>
				<h3>{changeWords(kind)}</h3>
				<ul className="tocsin-list">
					{found.map((change) => (
						<li key={change.place}>
							<span className="tocsin-place">{change.place}</span>{' '}
							<span className="tocsin-note">
								{change.classes.map(dataClassWords).join(', ')}
							</span>
						</li>
					))}
				</ul>
			</section>
		));
}
