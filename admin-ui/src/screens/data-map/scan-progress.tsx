// A scan under way, with an end in sight only in what it has done: how large a store is nobody knows before.
import type { ScanSummary } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { LiveText } from '../../parts/live-text.tsx';
import { Time } from '../../parts/time.tsx';
import { useSite } from '../../state/site.tsx';
import { numberWords } from '../../words/number-words.ts';

export function ScanProgress({ scan }: { scan: ScanSummary | null }) {
	const { locale } = useSite();
	const words =
		scan === null
			? ''
			: sprintf(
					/* translators: 1: number of tables, 2: number of rows */
					__('Scanning: %1$s tables and %2$s rows looked at.', 'tocsin'),
					numberWords(scan.tables, locale),
					numberWords(scan.rows_sampled, locale),
				);
	return (
		<>
			<LiveText text={words} />
			{scan === null ? null : (
				<div className="tocsin-box is-info">
					<p className="tocsin-loading">
						<span className="tocsin-loading__mark" aria-hidden="true" /> {words}
					</p>
					<p className="tocsin-note">
						{__('Begun', 'tocsin')} <Time at={scan.started_at} />.{' '}
						{__(
							'It only reads, in small steps, and waits while the shop is busy. You may close this page.',
							'tocsin',
						)}
					</p>
				</div>
			)}
		</>
	);
}
