// The plugin's own settings: they live in WordPress, not in the sidecar, so they are not part of the wire contract.

export type SettingOrigin = 'constant' | 'option' | 'none';

/** `set` but not `usable` means that it holds something malformed. */
export type SettingState = { set: boolean; usable: boolean; from: SettingOrigin };

/** Keys are never sent to the browser; only whether there is one, and where it comes from. */
export type SettingsView = {
	configured: boolean;
	sidecar_url: SettingState & { value: string | null };
	sidecar_key: SettingState;
	signal_key: SettingState;
	/** Where security tools post signals to. */
	signals_url: string;
	sidecar_last_answered_at: string | null;
};

/** An empty string removes a setting. */
export type SettingsChange = { sidecar_url?: string; sidecar_key?: string; signal_key?: string };
