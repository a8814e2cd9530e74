// The notice rendered for invented people, following the form a moment behind.
import type { NoticeDraft } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { NoticeSamples } from '../../parts/notice-sample.tsx';
import { useDebounced } from '../../state/use-debounced.ts';
import { useResource } from '../../state/use-resource.ts';

const restMs = 800;

export function NoticePreviewPane(given: { incidentId: string; draft: NoticeDraft | null }) {
	const api = useStoreApi();
	const wanted = given.draft === null ? null : JSON.stringify(given.draft);
	const rested = useDebounced(wanted, restMs);
	const preview = useResource({
		key: rested,
		load: (signal) =>
			api.previewNotice(given.incidentId, JSON.parse(rested ?? '') as NoticeDraft, signal),
	});
	return (
		<section className="tocsin-notice__preview" aria-label={__('Preview', 'tocsin')}>
			<h3>{__('As the customer will see it', 'tocsin')}</h3>
			<p className="tocsin-note">
				{__('Shown for invented people: no customer’s data is used.', 'tocsin')}
			</p>
			{rested === null ? (
				<p>{__('Fill in all fields to see the notice.', 'tocsin')}</p>
			) : (
				<Loaded resource={preview} loading={__('Rendering the notice…', 'tocsin')}>
					{({ samples }) => <NoticeSamples samples={samples} />}
				</Loaded>
			)}
		</section>
	);
}
