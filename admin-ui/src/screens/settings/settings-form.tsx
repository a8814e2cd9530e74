// The form of the plugin's settings. What `wp-config.php` sets cannot be changed here, and says so.
import { __ } from '@wordpress/i18n';
import { useId, useState, type ReactNode } from 'react';
import type { SettingsChange, SettingsView, SettingState } from '../../api/settings-view.ts';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { TextField } from '../../fields/text-field.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Time } from '../../parts/time.tsx';
import { useAction } from '../../state/use-action.ts';
import { settingWords, urlProblem } from './setting-words.ts';

export function SettingsForm(given: { view: SettingsView; onSaved: (view: SettingsView) => void }) {
	const { view } = given;
	const api = useStoreApi();
	const [url, setUrl] = useState(view.sidecar_url.value ?? '');
	const [sidecarKey, setSidecarKey] = useState('');
	const [signalKey, setSignalKey] = useState('');
	const [saved, setSaved] = useState('');
	const [urlError, setUrlError] = useState<string | undefined>(undefined);
	const save = useAction(async (change: SettingsChange) => {
		given.onSaved(await api.changeSettings(change));
		setSidecarKey('');
		setSignalKey('');
		setSaved(__('Saved.', 'tocsin'));
	});
	const submit = () => {
		const wrong = view.sidecar_url.from === 'constant' ? null : urlProblem(url);
		setUrlError(wrong ?? undefined);
		setSaved('');
		if (wrong === null) {
			void save.run({
				...(view.sidecar_url.from === 'constant' ? {} : { sidecar_url: url.trim() }),
				...(sidecarKey === '' ? {} : { sidecar_key: sidecarKey.trim() }),
				...(signalKey === '' ? {} : { signal_key: signalKey.trim() }),
			});
		}
	};
	return (
		<form
			noValidate
			className="tocsin-form"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<Setting
				label={__('Address of the sidecar', 'tocsin')}
				state={view.sidecar_url}
				type="url"
				value={url}
				onChange={setUrl}
				error={urlError}
				help={__('Such as https://tocsin.example.com, without a path.', 'tocsin')}
			/>
			<Setting
				label={__('Key for the sidecar', 'tocsin')}
				state={view.sidecar_key}
				type="password"
				value={sidecarKey}
				onChange={setSidecarKey}
				help={__('Starts with whsec_. Leave empty to keep the one that is set.', 'tocsin')}
			/>
			<Setting
				label={__('Key for security tools', 'tocsin')}
				state={view.signal_key}
				type="password"
				value={signalKey}
				onChange={setSignalKey}
				help={__(
					'Security tools sign signals with it. Leave empty to keep the one that is set.',
					'tocsin',
				)}
			/>
			<div>
				<p className="tocsin-label">
					{__('Address for signals from security tools', 'tocsin')}
				</p>
				<CopyText text={view.signals_url} name={__('Address for signals', 'tocsin')} />
			</div>
			<FactList
				facts={[
					{
						name: __('The sidecar last answered', 'tocsin'),
						value:
							view.sidecar_last_answered_at === null ? (
								__('never', 'tocsin')
							) : (
								<Time at={view.sidecar_last_answered_at} />
							),
					},
				]}
			/>
			{save.problem === null ? null : <ProblemBox problem={save.problem} />}
			{isAllConstant(view) ? (
				<p className="tocsin-note">
					{__(
						'Everything is set in wp-config.php, so nothing can be changed here.',
						'tocsin',
					)}
				</p>
			) : (
				<div className="tocsin-buttons">
					<ActionButton type="submit" variant="primary" running={save.running}>
						{__('Save the settings', 'tocsin')}
					</ActionButton>
					<span role="status">{saved}</span>
				</div>
			)}
		</form>
	);
}

function isAllConstant(view: SettingsView): boolean {
	return [view.sidecar_url, view.sidecar_key, view.signal_key].every(
		(setting) => setting.from === 'constant',
	);
}

function Setting(given: {
	label: string;
	state: SettingState;
	type: 'url' | 'password';
	value: string;
	onChange: (value: string) => void;
	help: ReactNode;
	error?: string | undefined;
}) {
	const id = useId();
	const words = settingWords(given.state);
	if (given.state.from === 'constant') {
		return (
			<FactList
				facts={[
					{
						name: given.label,
						value: given.type === 'url' ? `${given.value} (${words})` : words,
					},
				]}
			/>
		);
	}
	return (
		<TextField
			id={id}
			label={given.label}
			type={given.type}
			autoComplete="off"
			value={given.value}
			onChange={given.onChange}
			error={given.error}
			help={
				<>
					{words}. {given.help}
				</>
			}
		/>
	);
}
