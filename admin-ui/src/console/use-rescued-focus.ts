// When a change takes away the button that was pressed, the page's heading takes the focus instead of nobody.
import { useEffect, useRef } from 'react';

/** `state` changes with what the page offers. */
export function useRescuedFocus(state: string): void {
	const before = useRef(state);
	useEffect(() => {
		if (before.current !== state && document.activeElement === document.body) {
			document.querySelector<HTMLElement>('main h1')?.focus();
		}
		before.current = state;
	}, [state]);
}
