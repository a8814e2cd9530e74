// The current time, renewed now and then, so that "3 min ago" and a deadline do not stand still.
import { useEffect, useState } from 'react';

/** Milliseconds since 1970, at most `everyMs` old. */
export function useNow(everyMs = 20_000): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = setInterval(() => {
			setNow(Date.now());
		}, everyMs);
		return () => {
			clearInterval(timer);
		};
	}, [everyMs]);
	return now;
}
