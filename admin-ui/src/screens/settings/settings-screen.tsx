// Where the sidecar is and whether its keys are set. A key goes in and never comes out again.
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMay } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { ScreenHeading } from '../screen-heading.tsx';
import { SettingsForm } from './settings-form.tsx';

export function SettingsScreen() {
	const api = useStoreApi();
	const mayManage = useMay('tocsin_manage');
	const settings = useResource({
		key: mayManage ? 'settings' : null,
		load: (signal) => api.readSettings(signal),
	});
	return (
		<>
			<ScreenHeading title={__('Settings', 'tocsin')} />
			{mayManage ? (
				<Loaded resource={settings} loading={__('Loading the settings…', 'tocsin')}>
					{(view) => <SettingsForm view={view} onSaved={settings.replace} />}
				</Loaded>
			) : (
				<CapabilityNote capability="tocsin_manage" act={__('change settings', 'tocsin')} />
			)}
		</>
	);
}
