// Countries and states from one tally whose keys are `DE`, `US-CA` or `unknown`.
import type { Tally } from '@tocsin/sidecar/contract';

export function splitCountries(tallies: readonly Tally[]): { countries: Tally[]; states: Tally[] } {
	const countries = new Map<string, number>();
	for (const { key, count } of tallies) {
		const country = key.split('-')[0] ?? key;
		countries.set(country, (countries.get(country) ?? 0) + count);
	}
	return {
		countries: [...countries].map(([key, count]) => ({ key, count })),
		states: tallies.filter((tally) => tally.key.includes('-')),
	};
}

export function totalOf(tallies: readonly Tally[]): number {
	return tallies.reduce((total, tally) => total + tally.count, 0);
}
