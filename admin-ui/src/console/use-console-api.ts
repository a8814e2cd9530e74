// The console's API with the session it belongs to: a 401 ends the session, sign-in begins one.
import type { ConsoleSession } from '@tocsin/sidecar/contract';
import { useMemo, useRef, useState } from 'react';
import { makeConsoleApi } from '../api/console-api.ts';
import { makeConsoleTransport } from '../api/console-transport.ts';
import { makeConnection, type Connection } from '../state/connection.ts';
import type { SessionState } from './console-session.tsx';

export type ConsoleState = SessionState & {
	connection: Connection;
	/** A session was there and has ended by itself. */
	hasExpired: boolean;
	/** A session was there and is over, by itself or by signing out: nothing is left to look up. */
	hasEnded: boolean;
};

export function useConsoleApi(): ConsoleState {
	const [session, setSessionState] = useState<ConsoleSession | null>(null);
	const [hasExpired, setExpired] = useState(false);
	const [hasEnded, setEnded] = useState(false);
	const current = useRef<ConsoleSession | null>(null);
	const made = useMemo(() => {
		const connection = makeConnection(Date.now);
		const setSession = (next: ConsoleSession | null) => {
			current.current = next;
			setSessionState(next);
			setExpired(false);
			setEnded(next === null);
		};
		const transport = makeConsoleTransport({
			csrf: () => current.current?.csrf ?? null,
			onSignedOut: () => {
				if (current.current !== null) {
					setSession(null);
					setExpired(true);
				}
			},
			onAnswer: connection.answered,
			onFailure: connection.failed,
		});
		return { connection, setSession, api: makeConsoleApi(transport) };
	}, []);
	return { ...made, session, hasExpired, hasEnded };
}
