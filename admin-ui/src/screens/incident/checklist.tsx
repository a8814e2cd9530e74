// What must be true before approval can be asked for: a list beside the button, not an error after it.
import type { IncidentPage } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { checklistWords } from '../../words/checklist-words.ts';

export function Checklist({ page }: { page: IncidentPage }) {
	const { checklist } = page;
	const isOver = page.manifest?.state === 'approved' || page.incident.state === 'dismissed';
	if (checklist.length === 0 || isOver) {
		return null;
	}
	const done = checklist.filter((item) => item.done).length;
	return (
		<div className="tocsin-todo">
			<h3>
				{sprintf(
					/* translators: 1: done, 2: all */
					__('Before approval: %1$d of %2$d', 'tocsin'),
					done,
					checklist.length,
				)}
			</h3>
			<ul>
				{checklist.map((item) => (
					<li key={item.code} className={item.done ? 'is-done' : 'is-missing'}>
						<span className="tocsin-unseen">
							{item.done ? __('Done', 'tocsin') : __('Missing', 'tocsin')}:{' '}
						</span>
						{checklistWords(item.code)}
					</li>
				))}
			</ul>
		</div>
	);
}
