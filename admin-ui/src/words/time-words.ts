// Times in words: how long ago, when exactly, and what is left of a deadline.
import { __, sprintf } from '@wordpress/i18n';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A span such as `3 h 12 min`, never more than two units and never more exact than a minute. */
export function spanWords(ms: number): string {
	const span = Math.abs(ms);
	if (span < minute) {
		return __('less than a minute', 'tocsin');
	}
	if (span < hour) {
		/* translators: %d: minutes */
		return sprintf(__('%d min', 'tocsin'), Math.floor(span / minute));
	}
	const [large, small, words] =
		span < 2 * day
			? /* translators: 1: hours, 2: minutes */
				[hour, minute, __('%1$d h %2$d min', 'tocsin')]
			: /* translators: 1: days, 2: hours */
				[day, hour, __('%1$d d %2$d h', 'tocsin')];
	return sprintf(words, Math.floor(span / large), Math.floor((span % large) / small));
}

/** `3 h 12 min ago`, `in 3 h 12 min` or `just now`. */
export function relativeWords(at: string, now: number): string {
	const distance = Date.parse(at) - now;
	if (Math.abs(distance) < minute) {
		return __('just now', 'tocsin');
	}
	return distance < 0
		? /* translators: %s: a span such as "3 h 12 min" */
			sprintf(__('%s ago', 'tocsin'), spanWords(distance))
		: /* translators: %s: a span such as "3 h 12 min" */
			sprintf(__('in %s', 'tocsin'), spanWords(distance));
}

/** In the site's zone; within a week of now the day's name says enough, else the date. */
export function absoluteWords(
	at: string,
	where: { locale: string; timeZone: string; now: number },
): string {
	const near = Math.abs(Date.parse(at) - where.now) < 6 * day;
	return new Intl.DateTimeFormat(where.locale, {
		timeZone: where.timeZone,
		...(near ? { weekday: 'short' } : { year: 'numeric', month: 'short', day: 'numeric' }),
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	}).format(new Date(at));
}

/** Only the time of day, such as `14:02`. */
export function clockWords(at: number, where: { locale: string; timeZone: string }): string {
	return new Intl.DateTimeFormat(where.locale, {
		timeZone: where.timeZone,
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	}).format(new Date(at));
}

/** For hovering: the instant in UTC. */
export function utcWords(at: string): string {
	return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export type DeadlineTone = 'neutral' | 'warning' | 'over';
export type Deadline = { tone: DeadlineTone; words: string };

/** Warns from 24 h before the end. Null deadline: the clock has not started, which is not the same as enough time. */
export function deadlineWords(deadline: string | null, now: number): Deadline {
	if (deadline === null) {
		return { tone: 'neutral', words: __('Clock not started', 'tocsin') };
	}
	const left = Date.parse(deadline) - now;
	if (left <= 0) {
		/* translators: %s: a span such as "3 h 12 min" */
		return { tone: 'over', words: sprintf(__('Over by %s', 'tocsin'), spanWords(left)) };
	}
	return left < day
		? {
				tone: 'warning',
				/* translators: %s: a span such as "3 h 12 min" */
				words: sprintf(__('Only %s left', 'tocsin'), spanWords(left)),
			}
		: {
				tone: 'neutral',
				/* translators: %s: a span such as "3 h 12 min" */
				words: sprintf(__('%s left', 'tocsin'), spanWords(left)),
			};
}
