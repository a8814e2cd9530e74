// What this approver can do with a request: approve it, or read why not.
import type { ApprovalPage } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { errorWords } from '../api/error-words.ts';
import { ApiProblem } from '../api/problem.ts';
import { manifestStateWords } from '../parts/manifest-view.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { useSite } from '../state/site.tsx';
import { useAction } from '../state/use-action.ts';
import { peopleWords } from '../words/number-words.ts';
import { ConsoleLink } from './console-link.tsx';
import { useConsoleSession } from './console-session.tsx';
import { askPasskey } from './passkey.ts';

type Given = { page: ApprovalPage; onApproved: (page: ApprovalPage) => void };

export function Decision({ page, onApproved }: Given) {
	const { manifest, refusal, dispatch } = page;
	if (dispatch !== null) {
		return (
			<div className="tocsin-box is-good" role="status">
				<p>
					<strong>{__('Approved by two people. Sending has begun.', 'tocsin')}</strong>
				</p>
				<ConsoleLink
					to={{ page: 'dispatch', id: dispatch.id }}
					className="button button-primary"
				>
					{__('Watch the sending', 'tocsin')}
				</ConsoleLink>
			</div>
		);
	}
	if (manifest.state !== 'open') {
		return (
			<div className="tocsin-box is-warning">
				<p>
					<strong>{manifestStateWords(manifest.state)}.</strong> {manifest.void_reason}{' '}
					{__(
						'It can no longer be approved, and approvals that were given count for nothing.',
						'tocsin',
					)}
				</p>
				<ConsoleLink to={{ page: 'home' }}>
					{__('See what waits now', 'tocsin')}
				</ConsoleLink>
			</div>
		);
	}
	if (refusal !== null) {
		const words = errorWords(
			new ApiProblem({ code: refusal.code, title: refusal.title, status: 409 }),
		);
		return (
			<div className="tocsin-box is-warning">
				<p>
					<strong>{words.sentence}</strong> {words.nextStep}
				</p>
				<code className="tocsin-code">{words.code}</code>
			</div>
		);
	}
	return <Approve page={page} onApproved={onApproved} />;
}

function Approve({ page, onApproved }: Given) {
	const { api } = useConsoleSession();
	const { id } = page.manifest;
	const approve = useAction(async () => {
		onApproved(await api.approve(id, await askPasskey(await api.approvalOptions(id))));
	});
	return (
		<div className="tocsin-decision">
			<Consequence page={page} />
			{approve.problem === null ? null : <ProblemBox problem={approve.problem} />}
			<button
				type="button"
				className="button button-primary"
				disabled={approve.running}
				onClick={() => void approve.run()}
			>
				{__('Approve with passkey', 'tocsin')}
			</button>
			<p className="tocsin-note">
				{__(
					'Not right? Close this page: without your passkey nothing is sent. Tell the preparer to withdraw the request.',
					'tocsin',
				)}
			</p>
		</div>
	);
}

function Consequence({ page }: { page: ApprovalPage }) {
	const { locale } = useSite();
	const { approvals, body } = page.manifest;
	const missing = body.approvals_required - approvals.length;
	if (missing > 1) {
		return (
			<p>
				{sprintf(
					/* translators: %d: number of approvals still missing after this one */
					_n(
						'Nothing is sent by your approval alone: %d more is needed after yours.',
						'Nothing is sent by your approval alone: %d more are needed after yours.',
						missing - 1,
						'tocsin',
					),
					missing - 1,
				)}
			</p>
		);
	}
	return (
		<p>
			<strong>
				{sprintf(
					/* translators: %s: such as "3,412 people" */
					__('Yours is the last approval: sending to %s begins at once.', 'tocsin'),
					peopleWords(body.audience.reachable, locale),
				)}
			</strong>{' '}
			{__(
				'It can be paused and stopped here, but what was sent cannot be taken back.',
				'tocsin',
			)}
		</p>
	);
}
