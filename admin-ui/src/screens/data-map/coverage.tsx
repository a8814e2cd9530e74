// How much of the personal data in this store Tocsin can follow, in per cent and in what that means.
import type { ScanSummary } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { ApiProblem } from '../../api/problem.ts';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Time } from '../../parts/time.tsx';
import { useSite } from '../../state/site.tsx';
import { numberWords, percentWords } from '../../words/number-words.ts';

export function Coverage({ scan }: { scan: ScanSummary }) {
	const { locale } = useSite();
	const number = (count: number) => numberWords(count, locale);
	return (
		<section className="tocsin-coverage" aria-labelledby="tocsin-coverage-title">
			<h2 id="tocsin-coverage-title">{__('Coverage', 'tocsin')}</h2>
			<p className="tocsin-headcount__people">{percentWords(scan.coverage, locale)}</p>
			<p>
				{sprintf(
					/* translators: 1: places in all, 2: mapped, 3: ignored, 4: blind spots */
					__(
						'%1$s places with personal data = %2$s mapped + %3$s ignored with a reason + %4$s blind spots',
						'tocsin',
					),
					number(scan.places),
					number(scan.mapped),
					number(scan.ignored),
					number(scan.blind_spots),
				)}
			</p>
			<p>
				{scan.blind_spots === 0
					? __('Every place the scan found is mapped or ignored with a reason.', 'tocsin')
					: __(
							'People named only in a blind spot would be missed after a leak.',
							'tocsin',
						)}
			</p>
			<p className="tocsin-note">
				{scan.finished_at === null ? (
					<>
						{__('Scan begun', 'tocsin')} <Time at={scan.started_at} />
					</>
				) : (
					<>
						{__('Scanned', 'tocsin')} <Time at={scan.finished_at} />
					</>
				)}
				{', '}
				{sprintf(
					/* translators: 1: number of tables, 2: number of rows */
					__('%1$s tables, %2$s rows looked at', 'tocsin'),
					number(scan.tables),
					number(scan.rows_sampled),
				)}
			</p>
			{scan.problem === null ? null : (
				<ProblemBox
					problem={new ApiProblem({ code: scan.problem.code, title: scan.problem.title })}
				/>
			)}
			<Unread unread={scan.unread} />
		</section>
	);
}

function Unread({ unread }: { unread: ScanSummary['unread'] }) {
	if (unread.length === 0) {
		return null;
	}
	return (
		<div className="tocsin-box is-warning">
			<p>
				<strong>
					{sprintf(
						/* translators: %d: number of things */
						_n(
							'%d thing could not be read, and may hold more',
							'%d things could not be read, and may hold more',
							unread.length,
							'tocsin',
						),
						unread.length,
					)}
				</strong>
			</p>
			<ul>
				{unread.map((gap) => (
					<li key={gap.code + gap.sentence}>
						{gap.sentence} <code className="tocsin-code">{gap.code}</code>
					</li>
				))}
			</ul>
		</div>
	);
}
