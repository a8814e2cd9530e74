// The connection's state for components.
import { createContext, useContext, useSyncExternalStore } from 'react';
import { makeConnection, type Connection, type ConnectionState } from './connection.ts';

export const ConnectionContext = createContext<Connection>(makeConnection(Date.now));

export function useConnection(): ConnectionState {
	const connection = useContext(ConnectionContext);
	return useSyncExternalStore(connection.subscribe, connection.read);
}
