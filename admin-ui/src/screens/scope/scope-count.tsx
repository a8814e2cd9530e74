// How many people the scope comes to, while one writes it. Counting is never shown as 0.
import type { Preview, Scope } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from '../../fields/action-button.tsx';
import { ApiProblem } from '../../api/problem.ts';
import { AudienceCountsView } from '../../parts/audience-counts.tsx';
import { LiveText } from '../../parts/live-text.tsx';
import { Loading } from '../../parts/loading.tsx';
import { LoadProblem } from '../../parts/load-problem.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Time } from '../../parts/time.tsx';
import { useSite } from '../../state/site.tsx';
import { numberWords, peopleWords } from '../../words/number-words.ts';
import { useScopeCount, type ScopeCountState } from './use-scope-count.ts';

export function ScopeCount({ scope }: { scope: Scope | null }) {
	const count = useScopeCount(scope);
	const { locale } = useSite();
	const ready = count.preview?.state === 'ready' ? count.preview.counts : null;
	return (
		<section
			className="tocsin-scope__count"
			aria-label={__('Live count', 'tocsin')}
			tabIndex={0}
		>
			<h3>{__('This comes to', 'tocsin')}</h3>
			<LiveText text={ready === null ? '' : peopleWords(ready.people, locale)} />
			{scope === null ? (
				<p>{__('Not counted yet: the form is not complete.', 'tocsin')}</p>
			) : (
				<Outcome count={count} />
			)}
		</section>
	);
}

function Outcome({ count }: { count: ScopeCountState }) {
	const { locale } = useSite();
	const { preview, problem, again } = count;
	if (problem !== null) {
		return <LoadProblem problem={problem} onRetry={again} />;
	}
	if (preview === null || preview.state === 'counting') {
		const rows = preview?.rows_read ?? 0;
		return (
			<Loading
				what={
					rows === 0
						? __('Counting…', 'tocsin')
						: /* translators: %s: number of rows */
							sprintf(
								__('Counting… %s rows read.', 'tocsin'),
								numberWords(rows, locale),
							)
				}
			/>
		);
	}
	return preview.state === 'failed' || preview.counts === null ? (
		<ProblemBox problem={failureOf(preview)} onRetry={again} />
	) : (
		<>
			<AudienceCountsView counts={preview.counts} />
			<p className="tocsin-note">
				{preview.counted_at === null ? null : (
					<>
						{__('Counted', 'tocsin')} <Time at={preview.counted_at} />
					</>
				)}{' '}
				<ActionButton variant="link" onClick={again}>
					{__('Count again', 'tocsin')}
				</ActionButton>
			</p>
		</>
	);
}

function failureOf(preview: Preview): ApiProblem {
	return new ApiProblem({
		code: preview.problem?.code ?? 'preview.failed',
		title: preview.problem?.title ?? __('The people could not be counted.', 'tocsin'),
	});
}
