// Makes the configured decryptors, and loads those that are modules of the operator's own.
import { pathToFileURL } from 'node:url';
import { CodedError } from '../../domain/coded-error.ts';
import type { Decryptor } from '../../domain/data-map/decrypt/decryptor.ts';
import type { ConfiguredDecryptor } from '../../domain/data-map/decrypt/decryptor-spec.ts';
import { makeDecryptor } from '../../domain/data-map/decrypt/make-decryptor.ts';

/**
 * By name, as fields of the data map name them. Throws `decryptor.key_length`, `decryptor.key_derivation`,
 * `decryptor.layout`, `decryptor.module_not_loaded` or `decryptor.module_without_function`; no message holds a key.
 */
export async function loadDecryptors(
  configured: Readonly<Record<string, ConfiguredDecryptor>>,
): Promise<ReadonlyMap<string, Decryptor>> {
  const made = new Map<string, Decryptor>();
  for (const [name, decryptor] of Object.entries(configured)) {
    made.set(
      name,
      decryptor.kind === 'cipher'
        ? makeDecryptor(name, decryptor.spec, decryptor.secrets)
        : await loadModule(name, decryptor.module),
    );
  }
  return made;
}

async function loadModule(name: string, file: string): Promise<Decryptor> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (cause) {
    // What a module throws while it loads may hold its key; of its error only the kind crosses this line.
    throw moduleError(
      name,
      'module_not_loaded',
      `couldn't load the module ${file} of the decryptor ${name} (${kindOf(cause)})`,
    );
  }
  const open = loaded.default;
  if (typeof open !== 'function' || open.constructor.name !== 'Function') {
    throw moduleError(
      name,
      'module_without_function',
      `couldn't use the module ${file} of the decryptor ${name}: its default export is no plain function`,
    );
  }
  return { name, open: (value) => callModule(open as (bytes: Uint8Array) => unknown, value) };
}

/** Whatever the function does wrong is a value that did not open, counted like any other. */
function callModule(
  open: (bytes: Uint8Array) => unknown,
  value: Uint8Array | string,
): Uint8Array | null {
  try {
    const clear = open(typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
    return clear instanceof Uint8Array ? clear : null;
  } catch {
    return null;
  }
}

function kindOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return 'unknown error';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : 'unknown error';
}

function moduleError(name: string, problem: string, message: string): CodedError {
  return new CodedError({
    code: `decryptor.${problem}`,
    category: 'invalid',
    message,
    detail:
      'It must be an ES module whose default export is (value: Uint8Array) => Uint8Array | null, not async. Try it alone with: node <file>.',
    context: { decryptor: name },
  });
}
