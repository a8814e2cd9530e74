// Numbers with what they count.
import { __, _n, sprintf } from '@wordpress/i18n';

export function numberWords(count: number, locale: string): string {
	return new Intl.NumberFormat(locale).format(count);
}

/** `3,412 people`; null is a number nobody knows yet, never 0. */
export function peopleWords(count: number | null, locale: string): string {
	if (count === null) {
		return __('not counted yet', 'tocsin');
	}
	/* translators: %s: number of people */
	return sprintf(_n('%s person', '%s people', count, 'tocsin'), numberWords(count, locale));
}

/** Of 0 to 100, cut to one decimal: what is not all never reads as 100. */
export function percentWords(percent: number, locale: string): string {
	return new Intl.NumberFormat(locale, {
		style: 'unit',
		unit: 'percent',
		maximumFractionDigits: 1,
		roundingMode: 'trunc',
	}).format(percent);
}

/** Bytes as kB or MB. */
export function sizeWords(bytes: number, locale: string): string {
	const [amount, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
	return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(amount)} ${unit}`;
}
