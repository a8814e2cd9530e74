// The one h1 of a page of the console. Names the document and takes the focus when the page changes.
import { __ } from '@wordpress/i18n';
import { useEffect, useRef } from 'react';

let hasShownOne = false;

export function PageHeading({ title }: { title: string }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		document.title = `${title} · ${__('Tocsin console', 'tocsin')}`;
	}, [title]);
	useEffect(() => {
		if (hasShownOne) {
			heading.current?.focus({ preventScroll: true });
			window.scrollTo({ top: 0 });
		}
		hasShownOne = true;
	}, []);
	return (
		<h1 ref={heading} tabIndex={-1}>
			{title}
		</h1>
	);
}
