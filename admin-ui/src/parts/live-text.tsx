// Tells a screen reader about progress, politely and at most once every few seconds.
import { useEffect, useRef, useState } from 'react';

const leastMs = 5_000;

export function LiveText({ text }: { text: string }) {
	const [spoken, setSpoken] = useState('');
	const latest = useRef(text);
	latest.current = text;
	const spokenAt = useRef(0);
	useEffect(() => {
		const wait = Math.max(0, spokenAt.current + leastMs - Date.now());
		const timer = setTimeout(() => {
			spokenAt.current = Date.now();
			setSpoken(latest.current);
		}, wait);
		return () => {
			clearTimeout(timer);
		};
	}, [text]);
	return (
		<div className="tocsin-unseen" role="status" aria-live="polite">
			{spoken}
		</div>
	);
}
