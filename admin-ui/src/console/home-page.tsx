// What waits for this approver: requests for approval, what is being sent, and who may approve.
import type { ConsoleHome, Dispatch, Manifest } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { DispatchBar } from '../dispatch/dispatch-bar.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { approvalCountWords } from '../parts/manifest-view.tsx';
import { Time } from '../parts/time.tsx';
import { useResource } from '../state/use-resource.ts';
import { dispatchStateWords } from '../words/delivery-words.ts';
import { ConsoleLink } from './console-link.tsx';
import { useConsoleSession } from './console-session.tsx';
import { PageHeading } from './page-heading.tsx';

const everyMs = 5_000;

export function HomePage() {
	const { api } = useConsoleSession();
	const home = useResource({
		key: 'home',
		load: (signal) => api.home(signal),
		pollMs: () => everyMs,
	});
	return (
		<>
			<PageHeading title={__('What waits', 'tocsin')} />
			<Loaded resource={home} loading={__('Looking what waits…', 'tocsin')}>
				{(found) => (
					<>
						<Manifests manifests={found.manifests} />
						<Dispatches dispatches={found.dispatches} />
						<Approvers approvers={found.approvers} />
					</>
				)}
			</Loaded>
		</>
	);
}

function Manifests({ manifests }: { manifests: readonly Manifest[] }) {
	return (
		<section>
			<h2>{__('Requests for approval', 'tocsin')}</h2>
			{manifests.length === 0 ? <p>{__('Nothing waits for approval.', 'tocsin')}</p> : null}
			<ul className="tocsin-cards">
				{manifests.map((manifest) => (
					<li key={manifest.id}>
						<p className="tocsin-sentence">{manifest.sentence}</p>
						<p>
							{approvalCountWords(manifest)}. {__('Expires', 'tocsin')}{' '}
							<Time at={manifest.body.expires_at} />
						</p>
						<ConsoleLink
							to={{ page: 'manifest', id: manifest.id }}
							className="button button-primary"
						>
							{__('Read and decide', 'tocsin')}{' '}
							<span className="tocsin-unseen">
								{manifest.body.incident.reference}
							</span>
						</ConsoleLink>
					</li>
				))}
			</ul>
		</section>
	);
}

function Dispatches({ dispatches }: { dispatches: readonly Dispatch[] }) {
	return (
		<section>
			<h2>{__('Being sent', 'tocsin')}</h2>
			{dispatches.length === 0 ? <p>{__('Nothing is being sent.', 'tocsin')}</p> : null}
			<ul className="tocsin-cards">
				{dispatches.map((dispatch) => (
					<li key={dispatch.id}>
						<p>
							<strong>{dispatchStateWords(dispatch.state)}</strong>,{' '}
							<Time at={dispatch.started_at} />
						</p>
						<DispatchBar counts={dispatch.counts} />
						<ConsoleLink to={{ page: 'dispatch', id: dispatch.id }} className="button">
							{dispatch.ended_at === null
								? __('Watch, pause or stop', 'tocsin')
								: __('See the result', 'tocsin')}
						</ConsoleLink>
					</li>
				))}
			</ul>
		</section>
	);
}

function Approvers({ approvers }: { approvers: ConsoleHome['approvers'] }) {
	return (
		<section>
			<h2>{__('Who may approve', 'tocsin')}</h2>
			<p className="tocsin-note">
				{__(
					'Somebody here you do not know? Do not approve anything, and tell the operator.',
					'tocsin',
				)}
			</p>
			<ul>
				{approvers.map((approver) => (
					<li key={approver.id}>
						<strong>{approver.name}</strong>
						{', '}
						{approver.enrolled_at === null ? (
							<>
								{__('invited', 'tocsin')} <Time at={approver.invited_at} />
							</>
						) : (
							<>
								{__('has a passkey since', 'tocsin')}{' '}
								<Time at={approver.enrolled_at} brief />
							</>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
