// What a screen must know of where it runs: language, time zone and what the reader may do.
import type { Capability } from '@tocsin/sidecar/contract';
import { createContext, useContext } from 'react';

export type Site = {
	/** BCP 47, such as `de-DE`. */
	locale: string;
	/** IANA name or an offset such as `+02:00`. */
	timeZone: string;
	capabilities: readonly Capability[];
	/** wp-admin's address with a slash at its end; empty in the console. */
	adminUrl: string;
};

export const SiteContext = createContext<Site>({
	locale: 'en',
	timeZone: 'UTC',
	capabilities: [],
	adminUrl: '',
});

export function useSite(): Site {
	return useContext(SiteContext);
}

export function useMay(capability: Capability): boolean {
	return useSite().capabilities.includes(capability);
}

/** WordPress locales such as `de_DE_formal` as BCP 47; English when the browser does not know it. */
export function toLanguageTag(locale: string): string {
	const [language, region] = locale.split('_');
	const tag = [language, region].filter((part) => part !== undefined && part !== '').join('-');
	try {
		return Intl.getCanonicalLocales(tag)[0] ?? 'en';
	} catch {
		return 'en';
	}
}

/** The zone when this browser knows it, else UTC: a wrong zone is worse than a foreign one. */
export function toKnownTimeZone(timeZone: string): string {
	try {
		new Intl.DateTimeFormat('en', { timeZone });
		return timeZone;
	} catch {
		return 'UTC';
	}
}
