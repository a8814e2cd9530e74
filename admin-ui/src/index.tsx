// The wp-admin screen: reads what the plugin says about this site and mounts the app at `#tocsin-app`.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeStoreApi } from './api/store-api.ts';
import { StoreApiProvider } from './api/store-api-context.tsx';
import { makeWordPressTransport } from './api/wordpress-transport.ts';
import { readPageSettings } from './page-settings.ts';
import { App } from './screens/app.tsx';
import { makeConnection } from './state/connection.ts';
import { ConnectionContext } from './state/use-connection.tsx';
import { SiteContext, toKnownTimeZone, toLanguageTag } from './state/site.tsx';
import '@wordpress/dataviews/build-style/style.css';
import './styles/parts.css';
import './styles/admin.css';

const root = document.getElementById('tocsin-app');

if (root !== null) {
	const page = readPageSettings(window);
	const connection = makeConnection(Date.now);
	const api = makeStoreApi(makeWordPressTransport(page.restRoot, connection));
	const site = {
		locale: toLanguageTag(page.locale),
		timeZone: toKnownTimeZone(page.timeZone),
		capabilities: page.capabilities,
		adminUrl: page.adminUrl,
	};
	createRoot(root).render(
		<StrictMode>
			<SiteContext.Provider value={site}>
				<ConnectionContext.Provider value={connection}>
					<StoreApiProvider api={api}>
						<App />
					</StoreApiProvider>
				</ConnectionContext.Provider>
			</SiteContext.Provider>
		</StrictMode>,
	);
}
