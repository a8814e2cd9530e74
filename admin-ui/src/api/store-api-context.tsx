// Hands the API to the screens, so that none of them builds a request.
import { createContext, useContext, type ReactNode } from 'react';
import type { StoreApi } from './store-api.ts';

const StoreApiContext = createContext<StoreApi | null>(null);

export function StoreApiProvider({ api, children }: { api: StoreApi; children: ReactNode }) {
	return <StoreApiContext.Provider value={api}>{children}</StoreApiContext.Provider>;
}

export function useStoreApi(): StoreApi {
	const api = useContext(StoreApiContext);
	if (api === null) {
		throw new Error("couldn't use the API: no StoreApiProvider above this component");
	}
	return api;
}
