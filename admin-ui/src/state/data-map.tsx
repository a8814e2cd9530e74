// The data map for screens that name its sources: loaded once by the screen around them.
import type { DataMapPage } from '@tocsin/sidecar/contract';
import { createContext, useContext, useMemo } from 'react';
import { sourceWords } from '../words/count-words.ts';
import type { Resource } from './use-resource.ts';

/** Null where no screen around loads it, as in the console: sources then keep their ids. */
export const DataMapContext = createContext<Resource<DataMapPage> | null>(null);

export function useDataMap(): Resource<DataMapPage> | null {
	return useContext(DataMapContext);
}

/** Puts a source's id into words. */
export function useSourceTitle(): (id: string) => string {
	const sources = useDataMap()?.data?.sources;
	return useMemo(() => {
		const titles = new Map((sources ?? []).map((source) => [source.id, titleOf(source)]));
		return (id: string) => sourceWords(id, titles);
	}, [sources]);
}

/** `Stripe: Stripe on orders` says nothing more than `Stripe on orders`. */
function titleOf(source: Pick<DataMapPage['sources'][number], 'title' | 'family_title'>): string {
	return source.title.includes(source.family_title)
		? source.title
		: `${source.family_title}: ${source.title}`;
}
