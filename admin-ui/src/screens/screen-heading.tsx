// The one h1 of a screen. It names the document and takes the focus when the route changes, so that a screen reader
// says where one has come to.
import { __ } from '@wordpress/i18n';
import { useEffect, useRef, type ReactNode } from 'react';

/** The first screen keeps the focus where the browser put it. */
let hasShownOne = false;

export function ScreenHeading({ title, children }: { title: string; children?: ReactNode }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		document.title = `${title} ‹ ${__('Tocsin', 'tocsin')}`;
	}, [title]);
	useEffect(() => {
		if (hasShownOne) {
			heading.current?.focus({ preventScroll: true });
			window.scrollTo({ top: 0 });
		}
		hasShownOne = true;
	}, []);
	return (
		<div className="tocsin-heading">
			<h1 ref={heading} tabIndex={-1}>
				{title}
			</h1>
			{children}
		</div>
	);
}
