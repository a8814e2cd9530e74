// Dismissing a signal, with a reason.
import type { Signal } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';
import { useAction } from '../../state/use-action.ts';

export function DismissSignal(given: { signal: Signal; onClose: () => void; onDone: () => void }) {
	const api = useStoreApi();
	const dismiss = useAction(async (reason: string) => {
		await api.dismissSignal(given.signal.id, reason);
		given.onDone();
	});
	return (
		<ConfirmDialog
			title={__('Dismiss this signal', 'tocsin')}
			confirmLabel={__('Dismiss the signal', 'tocsin')}
			reasonLabel={__('Why it is not an incident', 'tocsin')}
			running={dismiss.running}
			problem={dismiss.problem}
			onConfirm={(reason) => void dismiss.run(reason)}
			onCancel={given.onClose}
		>
			<p>
				<strong>{given.signal.title}</strong>
			</p>
			<p>
				{__(
					'It leaves the list of waiting signals. It is kept, with your name and reason.',
					'tocsin',
				)}
			</p>
		</ConfirmDialog>
	);
}
