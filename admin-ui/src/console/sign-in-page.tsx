// Signing in with a passkey. There is nothing to type, so there is nothing to phish.
import { __ } from '@wordpress/i18n';
import { ProblemBox } from '../parts/problem-box.tsx';
import { useAction } from '../state/use-action.ts';
import { useConsoleSession } from './console-session.tsx';
import { PageHeading } from './page-heading.tsx';
import { askPasskey } from './passkey.ts';

export function SignInPage({ hasExpired }: { hasExpired: boolean }) {
	const { api, setSession } = useConsoleSession();
	const signIn = useAction(async () => {
		setSession(await api.signIn(await askPasskey(await api.signInOptions())));
	});
	return (
		<div className="tocsin-console__narrow">
			<PageHeading title={__('Sign in', 'tocsin')} />
			{hasExpired ? (
				<p className="tocsin-box is-warning" role="status">
					{__(
						'Your session has ended. Sign in again to go on; nothing was lost.',
						'tocsin',
					)}
				</p>
			) : null}
			<p>
				{__(
					'This is where notices are approved, paused and stopped. It takes the passkey you made when you were invited.',
					'tocsin',
				)}
			</p>
			{signIn.problem === null ? null : <ProblemBox problem={signIn.problem} />}
			<button
				type="button"
				className="button button-primary"
				disabled={signIn.running}
				onClick={() => void signIn.run()}
			>
				{__('Sign in with passkey', 'tocsin')}
			</button>
			<p className="tocsin-note">
				{__(
					'No passkey yet? The operator of the sidecar sends you a link, made with “tocsin approver invite”.',
					'tocsin',
				)}
			</p>
		</div>
	);
}
