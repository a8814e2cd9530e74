// Why a button is not there: what the account lacks, and who can give it.
import type { Capability } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';

export function CapabilityNote({ capability, act }: { capability: Capability; act: string }) {
	return (
		<p className="tocsin-note">
			{sprintf(
				/* translators: 1: what one may not do, such as "freeze the list"; 2: name of a capability */
				__(
					'Your account may look, but not %1$s. Ask an administrator for the capability %2$s.',
					'tocsin',
				),
				act,
				capability,
			)}
		</p>
	);
}
