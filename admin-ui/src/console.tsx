// The sidecar's own console: sign-in, enrolment, approval, pause and stop. Runs without WordPress and under a CSP that
// allows own files only.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './console/console-app.tsx';
import { ErrorBoundary } from './parts/error-boundary.tsx';
import './styles/parts.css';
import './styles/console.css';

const root = document.getElementById('tocsin-console');

if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<ErrorBoundary>
				<ConsoleApp />
			</ErrorBoundary>
		</StrictMode>,
	);
}
