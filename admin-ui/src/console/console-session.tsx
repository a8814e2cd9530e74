// Who is signed in, and the API that speaks for them.
import type { ConsoleSession } from '@tocsin/sidecar/contract';
import { createContext, useContext } from 'react';
import type { ConsoleApi } from '../api/console-api.ts';

export type SessionState = {
	api: ConsoleApi;
	/** Null while nobody is signed in. */
	session: ConsoleSession | null;
	setSession: (session: ConsoleSession | null) => void;
};

export const ConsoleSessionContext = createContext<SessionState | null>(null);

export function useConsoleSession(): SessionState {
	const state = useContext(ConsoleSessionContext);
	if (state === null) {
		throw new Error("couldn't use the session: no ConsoleSessionContext above this component");
	}
	return state;
}
