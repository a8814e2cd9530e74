// Waiting, with an end: after a while it says that it takes longer than usual.
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from 'react';

const longMs = 8_000;

export function Loading({ what }: { what: string }) {
	const [isLong, setLong] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => {
			setLong(true);
		}, longMs);
		return () => {
			clearTimeout(timer);
		};
	}, []);
	return (
		<p className="tocsin-loading" role="status">
			<span className="tocsin-loading__mark" aria-hidden="true" /> {what}
			{isLong ? ` ${__('This takes longer than usual.', 'tocsin')}` : ''}
		</p>
	);
}
