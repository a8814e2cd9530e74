// The approval page: the manifest in full and nothing else.
import type { ApprovalPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { AudienceCountsView } from '../parts/audience-counts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ApprovalList, ManifestCode, ManifestPlan } from '../parts/manifest-view.tsx';
import { NoticeSamples } from '../parts/notice-sample.tsx';
import { useResource } from '../state/use-resource.ts';
import { useConsoleSession } from './console-session.tsx';
import { Decision } from './decision.tsx';
import { PageHeading } from './page-heading.tsx';
import { useRescuedFocus } from './use-rescued-focus.ts';

const openMs = 5_000;

export function ManifestPage({ id }: { id: string }) {
	const { api } = useConsoleSession();
	const page = useResource({
		key: id,
		load: (signal) => api.readManifest(id, signal),
		pollMs: (now) => (now === null || now.manifest.state === 'open' ? openMs : null),
	});
	useRescuedFocus(
		`${page.data?.manifest.state ?? ''} ${page.data?.manifest.approvals.length ?? ''}`,
	);
	return (
		<>
			<PageHeading title={__('Request for approval', 'tocsin')} />
			<Loaded resource={page} loading={__('Loading the request…', 'tocsin')}>
				{(now) => <Request page={now} onApproved={page.replace} />}
			</Loaded>
		</>
	);
}

function Request(given: { page: ApprovalPage; onApproved: (page: ApprovalPage) => void }) {
	const { page } = given;
	const { manifest } = page;
	return (
		<div className="tocsin-request">
			{manifest.body.drill ? (
				<p className="tocsin-box is-info">
					<strong>{__('This is a drill.', 'tocsin')}</strong>{' '}
					{__('No customer can be reached by it.', 'tocsin')}
				</p>
			) : null}
			<p className="tocsin-sentence">{manifest.sentence}</p>
			<ManifestCode code={manifest.code} />
			<p className="tocsin-note">
				{__(
					'Compare this code with the one the preparer sees. If they differ, do not approve.',
					'tocsin',
				)}
			</p>
			<Decision page={page} onApproved={given.onApproved} />
			<ApprovalList manifest={manifest} />
			<section>
				<h2>{__('Why', 'tocsin')}</h2>
				<p>
					<strong>
						{page.incident.reference} {page.incident.title}
					</strong>
				</p>
				<p className="tocsin-told">
					{page.incident.description === ''
						? __('The preparer wrote nothing about it.', 'tocsin')
						: page.incident.description}
				</p>
			</section>
			<section>
				<h2>{__('To how many', 'tocsin')}</h2>
				<AudienceCountsView counts={page.counts} />
			</section>
			<section>
				<h2>{__('What they will read', 'tocsin')}</h2>
				<NoticeSamples samples={page.samples} />
			</section>
			<section>
				<h2>{__('How it is sent', 'tocsin')}</h2>
				<ManifestPlan manifest={manifest} />
			</section>
		</div>
	);
}
