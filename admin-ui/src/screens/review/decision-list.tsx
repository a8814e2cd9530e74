// Decisions about who is one human, newest first, each with who, when, why, and a way back.
import type { IdentityDecision } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useAction } from '../../state/use-action.ts';
import { usePagedList } from '../../state/use-paged-list.ts';
import { Pager } from '../../tables/pager.tsx';
import { decisionWords } from './review-words.ts';

export function DecisionList(given: {
	incidentId: string;
	/** Null where nothing can be decided any more. */
	onDecided: (() => void) | null;
}) {
	const api = useStoreApi();
	const [undoing, setUndoing] = useState<IdentityDecision | null>(null);
	const { onDecided } = given;
	const list = usePagedList({
		name: given.incidentId,
		load: (query, signal) =>
			api.listIdentityDecisions(given.incidentId, { ...query, search: undefined }, signal),
	});
	return (
		<>
			<Loaded resource={list.page} loading={__('Loading the decisions…', 'tocsin')}>
				{(page) =>
					page.total === 0 ? (
						<p>
							{__(
								'Nobody has decided anything yet: people are as the rules found them.',
								'tocsin',
							)}
						</p>
					) : (
						<>
							<ul className="tocsin-cards">
								{page.items.map((decision) => (
									<li key={decision.id}>
										<Decision
											decision={decision}
											onUndo={onDecided === null ? null : setUndoing}
										/>
									</li>
								))}
							</ul>
							<Pager
								caption={__('Decisions', 'tocsin')}
								list={list}
								countWords={(count, text) =>
									/* translators: %s: number of decisions */
									sprintf(
										_n('%s decision', '%s decisions', count, 'tocsin'),
										text,
									)
								}
							/>
						</>
					)
				}
			</Loaded>
			{undoing === null || onDecided === null ? null : (
				<Undo
					decision={undoing}
					onClose={() => {
						setUndoing(null);
					}}
					onDone={() => {
						setUndoing(null);
						onDecided();
						void list.page.reload();
					}}
				/>
			)}
		</>
	);
}

function Decision(given: {
	decision: IdentityDecision;
	onUndo: ((decision: IdentityDecision) => void) | null;
}) {
	const { decision, onUndo } = given;
	return (
		<>
			<p>
				<strong>{decisionWords(decision)}</strong>{' '}
				{decision.undone_at === null ? null : (
					<span className="tocsin-note">
						{__('Taken back', 'tocsin')} <Time at={decision.undone_at} />
					</span>
				)}
			</p>
			{decision.kind === 'merge' && decision.accounts > 1 ? (
				<p>
					{sprintf(
						/* translators: %d: number of accounts */
						_n(
							'%d account among them',
							'%d accounts among them',
							decision.accounts,
							'tocsin',
						),
						decision.accounts,
					)}
				</p>
			) : null}
			<p className="tocsin-told" dir="auto">
				{decision.reason}
			</p>
			<p className="tocsin-note">
				{decision.decided_by}, <Time at={decision.decided_at} />{' '}
				<code className="tocsin-code">{decision.id}</code>
			</p>
			{onUndo === null || decision.undone_at !== null ? null : (
				<ActionButton
					variant="link"
					onClick={() => {
						onUndo(decision);
					}}
				>
					{__('Take this back', 'tocsin')}
					<span className="tocsin-unseen">: {decisionWords(decision)}</span>
				</ActionButton>
			)}
		</>
	);
}

function Undo(given: { decision: IdentityDecision; onClose: () => void; onDone: () => void }) {
	const api = useStoreApi();
	const undo = useAction(async () => {
		await api.undoIdentityDecision(given.decision.id);
		given.onDone();
	});
	return (
		<ConfirmDialog
			title={__('Take this decision back', 'tocsin')}
			confirmLabel={__('Yes, take it back', 'tocsin')}
			running={undo.running}
			problem={undo.problem}
			onConfirm={() => void undo.run()}
			onCancel={given.onClose}
		>
			<p>
				<strong>{decisionWords(given.decision)}</strong>
			</p>
			<p>
				{__(
					'From the next freeze on the rules decide again. The decision and its undoing both stay in the evidence log.',
					'tocsin',
				)}
			</p>
		</ConfirmDialog>
	);
}
