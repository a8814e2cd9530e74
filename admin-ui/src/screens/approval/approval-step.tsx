// Approval: what is asked for, how far it has come, and why it cannot be given here.
import type { Manifest } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton, ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';
import {
	ApprovalList,
	ManifestCode,
	ManifestPlan,
	manifestStateWords,
} from '../../parts/manifest-view.tsx';
import { useMay } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import type { StepGiven } from '../incident/incident-steps.tsx';

export function ApprovalStep({ page, onChanged }: StepGiven) {
	const { manifest } = page;
	if (manifest === null) {
		return (
			<p>
				{__(
					'Once everything on the list beside is done, approval can be requested. Two people have to agree before anything is sent.',
					'tocsin',
				)}
			</p>
		);
	}
	return (
		<>
			<p className="tocsin-sentence">{manifest.sentence}</p>
			<ManifestCode code={manifest.code} />
			<StateLine manifest={manifest} />
			<ApprovalList manifest={manifest} />
			{manifest.state === 'open' ? (
				<OpenManifest manifest={manifest} onChanged={onChanged} />
			) : null}
			<ManifestPlan manifest={manifest} />
		</>
	);
}

function StateLine({ manifest }: { manifest: Manifest }) {
	const isOver =
		manifest.state === 'void' || manifest.state === 'withdrawn' || manifest.state === 'expired';
	return (
		<p className={isOver ? 'tocsin-box is-warning' : ''}>
			<strong>{manifestStateWords(manifest.state)}</strong>
			{manifest.void_reason === null ? null : <> {manifest.void_reason}</>}
			{isOver ? ` ${__('Request approval anew when everything is ready.', 'tocsin')}` : ''}
		</p>
	);
}

function OpenManifest({
	manifest,
	onChanged,
}: {
	manifest: Manifest;
	onChanged: () => Promise<void>;
}) {
	const missing = manifest.body.approvals_required - manifest.approvals.length;
	return (
		<>
			<p>
				<span className="tocsin-label">{__('Who can still approve', 'tocsin')}</span>{' '}
				{manifest.can_approve.length === 0
					? __('nobody', 'tocsin')
					: manifest.can_approve.join(', ')}
			</p>
			{manifest.can_approve.length < missing ? (
				<p className="tocsin-box is-warning">
					{__(
						'There are not enough approvers. The sidecar’s operator invites more from its command line.',
						'tocsin',
					)}
				</p>
			) : null}
			<p>
				{__(
					'It cannot be approved here on purpose: whoever broke into this shop must not be able to send anything. Approvers compare the code above with the one at the console, then use their passkey.',
					'tocsin',
				)}
			</p>
			<div className="tocsin-buttons">
				<ActionLink href={manifest.console_url} newTab>
					{__('Open this request at the console', 'tocsin')}
					<span className="tocsin-unseen"> ({__('opens in a new tab', 'tocsin')})</span>
				</ActionLink>
				<Withdraw manifest={manifest} onChanged={onChanged} />
			</div>
		</>
	);
}

function Withdraw({ manifest, onChanged }: { manifest: Manifest; onChanged: () => Promise<void> }) {
	const api = useStoreApi();
	const mayPrepare = useMay('tocsin_prepare');
	const [isAsking, setAsking] = useState(false);
	const withdraw = useAction(async (reason: string) => {
		await api.withdrawManifest(manifest.id, reason);
		setAsking(false);
		await onChanged();
	});
	if (!mayPrepare) {
		return <CapabilityNote capability="tocsin_prepare" act={__('withdraw it', 'tocsin')} />;
	}
	return (
		<>
			<ActionButton
				variant="tertiary"
				isDestructive
				onClick={() => {
					setAsking(true);
				}}
			>
				{__('Withdraw the request', 'tocsin')}
			</ActionButton>
			{isAsking ? (
				<ConfirmDialog
					title={__('Withdraw the request for approval', 'tocsin')}
					confirmLabel={__('Yes, withdraw it', 'tocsin')}
					reasonLabel={__('Why it is withdrawn', 'tocsin')}
					isDestructive
					running={withdraw.running}
					problem={withdraw.problem}
					onConfirm={(reason) => void withdraw.run(reason)}
					onCancel={() => {
						setAsking(false);
					}}
				>
					<p>
						{__(
							'Approvals that were given are lost. Nothing was sent. You can request approval anew at any time.',
							'tocsin',
						)}
					</p>
				</ConfirmDialog>
			) : null}
		</>
	);
}
