// The sources of the data map as they are offered: by the software that writes them, those of this store first.
import { isChoosable, type SourceFact } from './presets.ts';

export type FamilyChoice = {
	/** As a scope names the whole family, such as `family:stripe`. */
	id: string;
	title: string;
	present: boolean;
	sources: readonly SourceFact[];
};

/** `kinds` limits the families; none means all. `search` looks into titles and ids. */
export function sourceChoices(
	known: readonly SourceFact[],
	limits: { kinds?: readonly string[]; search?: string },
): FamilyChoice[] {
	const families = Map.groupBy(
		known.filter(
			(source) =>
				isChoosable(source) &&
				(limits.kinds === undefined || limits.kinds.includes(source.family_kind)) &&
				fits(source, limits.search ?? ''),
		),
		(source) => source.family,
	);
	return [...families]
		.map(([family, sources]) => ({
			id: `family:${family}`,
			title: sources[0]?.family_title ?? family,
			present: sources.some((source) => source.present),
			sources: [...sources].sort(
				(one, other) =>
					Number(other.present) - Number(one.present) ||
					one.title.localeCompare(other.title),
			),
		}))
		.sort(
			(one, other) =>
				Number(other.present) - Number(one.present) || one.title.localeCompare(other.title),
		);
}

function fits(source: SourceFact, search: string): boolean {
	const wanted = search.trim().toLocaleLowerCase();
	return [source.title, source.family_title, source.id].some((text) =>
		text.toLocaleLowerCase().includes(wanted),
	);
}

/** Chosen ids that the data map does not know: kept in sight, since the sidecar refuses them. */
export function unknownIds(known: readonly SourceFact[], chosen: readonly string[]): string[] {
	const ids = new Set(known.flatMap((source) => [source.id, `family:${source.family}`]));
	return chosen.filter((id) => !ids.has(id));
}

/** Ticks or unticks one id; a whole family makes its single sources needless. */
export function toggled(
	chosen: readonly string[],
	id: string,
	on: boolean,
	family?: FamilyChoice,
): string[] {
	const inside = new Set(family?.id === id ? family.sources.map((source) => source.id) : []);
	const rest = chosen.filter((each) => each !== id && !(on && inside.has(each)));
	return on ? [...rest, id] : rest;
}

/** Payment methods that by their name belong to a chosen gateway, such as `stripe_sepa` to `family:stripe`. */
export function methodsOfFamilies(methods: readonly string[], chosen: readonly string[]): string[] {
	const names = chosen
		.filter((id) => id.startsWith('family:'))
		.map((id) => id.slice('family:'.length).split('-')[0] ?? '');
	return methods.filter((method) => names.some((name) => name !== '' && method.startsWith(name)));
}
