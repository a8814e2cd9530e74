// A time as people read it: how long ago and when in the site's zone, with UTC on hover.
import { useNow } from '../state/use-now.ts';
import { useSite } from '../state/site.tsx';
import { absoluteWords, deadlineWords, relativeWords, utcWords } from '../words/time-words.ts';

/** `3 h 12 min ago (Mon 21:40)`; `brief` leaves out the first half. */
export function Time({ at, brief = false }: { at: string; brief?: boolean }) {
	const { locale, timeZone } = useSite();
	const now = useNow();
	const absolute = absoluteWords(at, { locale, timeZone, now });
	return (
		<time dateTime={at} title={utcWords(at)}>
			{brief ? absolute : `${relativeWords(at, now)} (${absolute})`}
		</time>
	);
}

/** What is left of a deadline, in words and in colour. */
export function Deadline({ at }: { at: string | null }) {
	const { locale, timeZone } = useSite();
	const now = useNow();
	const { tone, words } = deadlineWords(at, now);
	return (
		<span className={`tocsin-deadline is-${tone}`}>
			{words}
			{at === null ? null : (
				<>
					{' '}
					<time dateTime={at} title={utcWords(at)}>
						({absoluteWords(at, { locale, timeZone, now })})
					</time>
				</>
			)}
		</span>
	);
}
