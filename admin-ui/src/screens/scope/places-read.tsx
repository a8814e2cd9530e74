// Which places the scope reads, as one sentence: a preset chooses them, and what it chose must be seen without unfolding.
import { __, sprintf } from '@wordpress/i18n';
import type { ScopeForm } from '../../scope/scope-form.ts';
import { useDataMap, useSourceTitle } from '../../state/data-map.tsx';

export function PlacesRead({ form }: { form: ScopeForm }) {
	const sourceTitle = useSourceTitle();
	const families = useDataMap()?.data?.sources ?? [];
	const chosen = form.sourceIds.map((id) => {
		const family = families.find((source) => `family:${source.family}` === id);
		return family?.family_title ?? sourceTitle(id);
	});
	const places = [
		...(form.accounts ? [__('accounts', 'tocsin')] : []),
		...(form.orders ? [__('orders with their guests', 'tocsin')] : []),
		...(!form.others
			? []
			: chosen.length === 0
				? [__('every other mapped place', 'tocsin')]
				: chosen),
	];
	return places.length === 0 ? null : (
		<p className="tocsin-note">
			{/* translators: %s: list of places */}
			{sprintf(__('This reads: %s.', 'tocsin'), places.join('; '))}
		</p>
	);
}
