// Types of cache-folder.mjs, which stays plain JavaScript because it runs before node_modules exists.
export function cacheFolder(): string;
export function wordpressPin(): {
  package: string;
  version: string;
  integrity: string;
  wordpress: string;
};
export function wordpressFolder(): string;
export function publishFolder(
  target: string,
  fill: (draft: string) => Promise<void>,
): Promise<void>;
