// Ignoring a place with a reason, or taking that back.
import type { DataMapPage, FoundPlace } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { placeWords } from '../../data-map/map-words.ts';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';
import { useAction } from '../../state/use-action.ts';

export type IgnoreAct = { place: FoundPlace; ignored: boolean };

export function IgnorePlace(given: {
	act: IgnoreAct;
	onClose: () => void;
	onDone: (page: DataMapPage) => void;
}) {
	const { place, ignored } = given.act;
	const api = useStoreApi();
	const save = useAction(async (reason: string) => {
		given.onDone(await api.ignorePlace({ place: place.id, ignored, reason }));
	});
	return (
		<ConfirmDialog
			title={
				ignored ? __('Ignore this place', 'tocsin') : __('Take the decision back', 'tocsin')
			}
			confirmLabel={ignored ? __('Ignore it', 'tocsin') : __('Take it back', 'tocsin')}
			reasonLabel={
				ignored
					? __('Why nobody is affected by what is there', 'tocsin')
					: __('Why it counts again', 'tocsin')
			}
			running={save.running}
			problem={save.problem}
			onConfirm={(reason) => void save.run(reason)}
			onCancel={given.onClose}
		>
			<p>
				<code className="tocsin-code">{placeWords(place)}</code>
			</p>
			<p>
				{ignored
					? __(
							'It counts as covered from now on, and people named only there will not be found. Your name and the reason stand beside it, and it can be taken back.',
							'tocsin',
						)
					: __('It is a blind spot again, until it is mapped or ignored.', 'tocsin')}
			</p>
		</ConfirmDialog>
	);
}
