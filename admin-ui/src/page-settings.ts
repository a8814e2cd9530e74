// `window.tocsinSettings`, which the plugin prints before the script: read once, with a sane value for what is missing.
import type { Capability } from '@tocsin/sidecar/contract';

export type PageSettings = {
	/** REST namespace, such as `tocsin/v1`. */
	restRoot: string;
	capabilities: Capability[];
	/** As `wp_timezone_string()` gives it. */
	timeZone: string;
	/** As WordPress writes it, such as `de_DE_formal`. */
	locale: string;
	adminUrl: string;
};

const capabilities: readonly string[] = ['tocsin_view', 'tocsin_prepare', 'tocsin_manage'];

export function readPageSettings(page: object): PageSettings {
	const given: unknown = (page as Record<string, unknown>)['tocsinSettings'];
	const settings = (typeof given === 'object' && given !== null ? given : {}) as Record<
		string,
		unknown
	>;
	const text = (name: string, otherwise: string) => {
		const value = settings[name];
		return typeof value === 'string' && value !== '' ? value : otherwise;
	};
	const held = settings['capabilities'];
	return {
		restRoot: text('restRoot', 'tocsin/v1').replace(/^\/+|\/+$/g, ''),
		capabilities: Array.isArray(held)
			? held.filter((name): name is Capability => capabilities.includes(String(name)))
			: [],
		timeZone: text('timeZone', 'UTC'),
		locale: text('locale', 'en_US'),
		adminUrl: text('adminUrl', ''),
	};
}
