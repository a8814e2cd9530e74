// The contract's front door: every message on the wire. The only room admin-ui may import.
export * from './audience.ts';
export * from './console.ts';
export * from './data-map.ts';
export * from './dispatch.ts';
export * from './evidence.ts';
export * from './health.ts';
export * from './incident-page.ts';
export * from './incident.ts';
export * from './manifest.ts';
export * from './notice.ts';
export * from './problem.ts';
export * from './routes.ts';
export * from './scope.ts';
export * from './signal.ts';
export * from './values.ts';
