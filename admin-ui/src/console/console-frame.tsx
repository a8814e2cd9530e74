// What stands around every page of the console: its name, who is signed in, and whether the server answers.
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { errorWords } from '../api/error-words.ts';
import { Time } from '../parts/time.tsx';
import { useAction } from '../state/use-action.ts';
import { useConnection } from '../state/use-connection.tsx';
import { ConsoleLink } from './console-link.tsx';
import { useConsoleSession } from './console-session.tsx';

export function ConsoleFrame({ children }: { children: ReactNode }) {
	const { session } = useConsoleSession();
	return (
		<div className="tocsin tocsin-console">
			<header className="tocsin-console__bar">
				{session === null ? (
					<span className="tocsin-console__name">{__('Tocsin console', 'tocsin')}</span>
				) : (
					<ConsoleLink to={{ page: 'home' }} className="tocsin-console__name">
						{__('Tocsin console', 'tocsin')}
					</ConsoleLink>
				)}
				{session === null ? null : <Who name={session.approver.name} />}
			</header>
			<Lost />
			<main>{children}</main>
		</div>
	);
}

function Who({ name }: { name: string }) {
	const { api, setSession } = useConsoleSession();
	const leave = useAction(async () => {
		await api.signOut();
		setSession(null);
	});
	return (
		<div className="tocsin-console__who">
			<span>
				{__('Signed in as', 'tocsin')} <strong>{name}</strong>
			</span>
			<button type="button" className="button" onClick={() => void leave.run()}>
				{__('Sign out', 'tocsin')}
			</button>
		</div>
	);
}

function Lost() {
	const { problem, lostAt } = useConnection();
	if (problem === null) {
		return null;
	}
	const { sentence, nextStep, code } = errorWords(problem);
	return (
		<div className="tocsin-box is-error" role="alert">
			<p>
				<strong>{sentence}</strong> {nextStep}{' '}
				{__(
					'What you see may be old. Approved notices go on being sent while the sidecar runs.',
					'tocsin',
				)}
			</p>
			<p className="tocsin-box__foot">
				{lostAt === null ? null : <Time at={new Date(lostAt).toISOString()} />}{' '}
				<code className="tocsin-code">{code}</code>
			</p>
		</div>
	);
}
