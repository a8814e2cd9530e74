// Enrolment by a one-time link: shows whom it is for, then makes the passkey.
import { __, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { Loaded } from '../parts/loaded.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../state/use-action.ts';
import { useResource } from '../state/use-resource.ts';
import { inviteToken } from './console-route.ts';
import { useConsoleSession } from './console-session.tsx';
import { PageHeading } from './page-heading.tsx';
import { makePasskey } from './passkey.ts';
import { goToConsolePage } from './use-console-route.ts';

export function EnrolPage() {
	const { api } = useConsoleSession();
	// Kept from the first look: the address is cleaned once the token was used.
	const [token] = useState(() => inviteToken(window.location.hash));
	const invite = useResource({ key: token, load: () => api.viewInvite(token ?? '') });
	return (
		<div className="tocsin-console__narrow">
			<PageHeading title={__('Become an approver', 'tocsin')} />
			{token === null ? (
				<p className="tocsin-box is-error">
					{__(
						'This link is not complete. Open it exactly as it was sent to you.',
						'tocsin',
					)}
				</p>
			) : (
				<Loaded resource={invite} loading={__('Looking at the invitation…', 'tocsin')}>
					{(view) => (
						<Invitation token={token} name={view.name} expiresAt={view.expires_at} />
					)}
				</Loaded>
			)}
		</div>
	);
}

function Invitation(given: { token: string; name: string; expiresAt: string }) {
	const { api, setSession } = useConsoleSession();
	const accept = useAction(async () => {
		const reply = await makePasskey(await api.inviteOptions(given.token));
		const session = await api.acceptInvite(given.token, reply);
		// The token is spent: it has no business in the history of this browser.
		window.history.replaceState(null, '', '/console/enrol');
		setSession(session);
		goToConsolePage({ page: 'home' });
	});
	return (
		<>
			<p className="tocsin-sentence">
				{/* translators: %s: name of the invited person */}
				{sprintf(__('This invitation is for %s.', 'tocsin'), given.name)}
			</p>
			<p>
				{__(
					'As an approver you read what is going to be sent, and agree with a passkey. Two approvers have to agree. The passkey stays on your device or in your password manager; nobody else can use it.',
					'tocsin',
				)}
			</p>
			<p>
				{__('The invitation works once and ends', 'tocsin')} <Time at={given.expiresAt} />.
			</p>
			{accept.problem === null ? null : <ProblemBox problem={accept.problem} />}
			<button
				type="button"
				className="button button-primary"
				disabled={accept.running}
				onClick={() => void accept.run()}
			>
				{__('Create passkey', 'tocsin')}
			</button>
			<p className="tocsin-note">
				{__('Not you? Then close this page and tell whoever sent you the link.', 'tocsin')}
			</p>
		</>
	);
}
