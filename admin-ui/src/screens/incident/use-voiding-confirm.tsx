// Asks before a change that makes an open request for approval void, and only then.
import type { Manifest } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';

/** `ask(act)` acts at once when nothing becomes void; else `dialog` asks first. */
export function useVoidingConfirm(manifest: Manifest | null): {
	ask: (act: () => void) => void;
	dialog: ReactNode;
} {
	const [waiting, setWaiting] = useState<(() => void) | null>(null);
	const ask = (act: () => void) => {
		if (manifest?.state === 'open') {
			setWaiting(() => act);
		} else {
			act();
		}
	};
	const given = manifest?.approvals.length ?? 0;
	const dialog =
		waiting === null ? null : (
			<ConfirmDialog
				title={__('This makes the request for approval void', 'tocsin')}
				confirmLabel={__('Save and make it void', 'tocsin')}
				isDestructive
				running={false}
				problem={null}
				onConfirm={() => {
					waiting();
					setWaiting(null);
				}}
				onCancel={() => {
					setWaiting(null);
				}}
			>
				<p>
					{given === 0
						? __('Nobody has approved it yet.', 'tocsin')
						: sprintf(
								/* translators: %d: number of approvals */
								_n(
									'%d approval that was given is lost.',
									'%d approvals that were given are lost.',
									given,
									'tocsin',
								),
								given,
							)}
				</p>
				<p>
					{__(
						'Approval has to be requested anew for what you save now. This cannot be undone.',
						'tocsin',
					)}
				</p>
			</ConfirmDialog>
		);
	return { ask, dialog };
}
