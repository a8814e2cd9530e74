// What two people approve: the sentence, the code to compare by eye, and who has approved.
import type { Manifest } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { FactList } from './fact-list.tsx';
import { Time } from './time.tsx';

export function ManifestCode({ code }: { code: string }) {
	return (
		<p className="tocsin-manifest-code">
			<span className="tocsin-label">{__('Code to compare', 'tocsin')}</span>
			<strong>{code}</strong>
		</p>
	);
}

/** `1 of 2 approvals`. */
export function approvalCountWords(manifest: Manifest): string {
	return sprintf(
		/* translators: 1: approvals given, 2: approvals needed */
		__('%1$d of %2$d approvals', 'tocsin'),
		manifest.approvals.length,
		manifest.body.approvals_required,
	);
}

export function ApprovalList({ manifest }: { manifest: Manifest }) {
	return (
		<div className="tocsin-approvals">
			<p className="tocsin-label">{approvalCountWords(manifest)}</p>
			{manifest.approvals.length === 0 ? (
				<p>{__('Nobody has approved yet.', 'tocsin')}</p>
			) : (
				<ul>
					{manifest.approvals.map((approval) => (
						<li key={approval.approver_id}>
							<strong>{approval.approver_name}</strong>,{' '}
							<Time at={approval.approved_at} />{' '}
							<span className="tocsin-code">#{approval.evidence_seq}</span>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}

/** How it is sent, from where, and the full hash. */
export function ManifestPlan({ manifest }: { manifest: Manifest }) {
	const { plan, drill, prepared_at: preparedAt, expires_at: expiresAt } = manifest.body;
	return (
		<FactList
			facts={[
				{ name: __('Sent by', 'tocsin'), value: providerWords(plan.provider, drill) },
				{ name: __('Stream', 'tocsin'), value: plan.stream },
				{ name: __('From', 'tocsin'), value: manifest.from },
				{
					name: __('Prepared', 'tocsin'),
					value: (
						<>
							{manifest.prepared_by}, <Time at={preparedAt} />
						</>
					),
				},
				{ name: __('Expires', 'tocsin'), value: <Time at={expiresAt} /> },
				{
					name: __('Hash', 'tocsin'),
					value: <code className="tocsin-hash">{manifest.hash}</code>,
				},
			]}
		/>
	);
}

function providerWords(provider: string, drill: boolean): string {
	if (drill || provider === 'drill') {
		return __('Drill: no customer can be reached', 'tocsin');
	}
	return provider === 'postmark' ? 'Postmark' : provider;
}

export function manifestStateWords(state: Manifest['state']): string {
	const words: Readonly<Record<string, string>> = {
		open: __('Waiting for approval', 'tocsin'),
		approved: __('Approved', 'tocsin'),
		void: __('Void: something it covers was changed', 'tocsin'),
		withdrawn: __('Withdrawn', 'tocsin'),
		expired: __('Expired', 'tocsin'),
	} satisfies Record<Manifest['state'], string>;
	return words[state] ?? state;
}
