// The connection as a fact on the page: what does not answer, since when, what still works, and where to go.
import type { Status } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from 'react';
import { errorWords } from '../api/error-words.ts';
import { ActionButton, ActionLink } from '../fields/action-button.tsx';
import { Time } from '../parts/time.tsx';
import { routeHref } from '../routing/route.ts';
import { useMay } from '../state/site.tsx';
import { useConnection } from '../state/use-connection.tsx';
import type { Resource } from '../state/use-resource.ts';

const rememberedConsole = 'tocsin-console-url';

/** The console's address outlives a reload: it is needed most when the sidecar no longer tells it. */
function useConsoleUrl(status: Status | null): string | null {
	const [remembered] = useState(() => window.localStorage.getItem(rememberedConsole));
	const url = status?.console_url;
	useEffect(() => {
		if (url !== undefined) {
			window.localStorage.setItem(rememberedConsole, url);
		}
	}, [url]);
	const known = url ?? remembered;
	return known !== null && /^https?:\/\//.test(known) ? known : null;
}

export function ConnectionBanner({ status }: { status: Resource<Status> }) {
	const { problem, lostAt } = useConnection();
	const consoleUrl = useConsoleUrl(status.data);
	const mayManage = useMay('tocsin_manage');
	if (problem === null) {
		return <DegradedBanner degraded={status.data?.degraded ?? []} />;
	}
	const { sentence, nextStep, code } = errorWords(problem);
	const isShop = problem.code === 'wp_die' || problem.code === 'internal_server_error';
	const isMissing = problem.code === 'tocsin.sidecar_not_configured';
	return (
		<div className="tocsin-box is-error tocsin-banner" role="alert">
			<p>
				<strong>{sentence}</strong> {nextStep}
			</p>
			{isMissing ? null : (
				<>
					<p>
						{isShop
							? __(
									'What still works: what was approved goes on being sent, requests can be approved at the console, and security tools can report straight to the sidecar. Here you see only what was loaded before.',
									'tocsin',
								)
							: __(
									'What still works: sending that has begun goes on while the sidecar itself runs, and resumes where it was when it starts again; nobody is told twice. The shop is not touched, and new signals are kept and read later. Here you see only what was loaded before.',
									'tocsin',
								)}
					</p>
					{lostAt === null ? null : (
						<p>
							{__('Noticed', 'tocsin')} <Time at={new Date(lostAt).toISOString()} />
						</p>
					)}
				</>
			)}
			<div className="tocsin-buttons">
				<ActionButton onClick={() => void status.reload()} running={status.loading}>
					{__('Try again now', 'tocsin')}
				</ActionButton>
				{isMissing && mayManage ? (
					<ActionLink href={routeHref({ screen: 'settings' })}>
						{__('Open the settings', 'tocsin')}
					</ActionLink>
				) : null}
				{!isMissing && consoleUrl !== null ? (
					<ActionLink href={consoleUrl} newTab>
						{__('Open the sidecar’s own console', 'tocsin')}
					</ActionLink>
				) : null}
				<code className="tocsin-code">{code}</code>
			</div>
		</div>
	);
}

function DegradedBanner({ degraded }: { degraded: Status['degraded'] }) {
	if (degraded.length === 0) {
		return null;
	}
	return (
		<div className="tocsin-box is-warning tocsin-banner" role="status">
			<p>
				<strong>{__('Not everything works as it should', 'tocsin')}</strong>
			</p>
			<ul>
				{degraded.map((part) => (
					<li key={part.name}>
						{part.sentence} <Time at={part.since} />{' '}
						<code className="tocsin-code">{part.name}</code>
					</li>
				))}
			</ul>
		</div>
	);
}
