// A link inside the console: a real address, followed without loading the page anew.
import type { MouseEvent, ReactNode } from 'react';
import { consoleHref, type ConsoleRoute } from './console-route.ts';
import { goToConsolePage } from './use-console-route.ts';

export function ConsoleLink(given: { to: ConsoleRoute; className?: string; children: ReactNode }) {
	const follow = (event: MouseEvent) => {
		if (
			event.button === 0 &&
			!event.metaKey &&
			!event.ctrlKey &&
			!event.shiftKey &&
			!event.altKey
		) {
			event.preventDefault();
			goToConsolePage(given.to);
		}
	};
	return (
		<a href={consoleHref(given.to)} className={given.className} onClick={follow}>
			{given.children}
		</a>
	);
}
