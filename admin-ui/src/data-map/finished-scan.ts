// What is known by the last finished scan, and what nobody can know before one.
import type { DataMapPage, ScanSummary } from '@tocsin/sidecar/contract';

/** Null before one has finished: a first scan that failed has found no place, which is not the same as no blind spot. */
export function finishedScan(page: Pick<DataMapPage, 'scan'>): ScanSummary | null {
	return page.scan?.state === 'done' ? page.scan : null;
}

/** Before a scan has finished every known source may be in this store: none is to be left out of a scope as absent. */
export function possibleSources(
	page: Pick<DataMapPage, 'scan' | 'sources'>,
): DataMapPage['sources'] {
	return finishedScan(page) === null
		? page.sources.map((source) => ({ ...source, present: true }))
		: page.sources;
}
