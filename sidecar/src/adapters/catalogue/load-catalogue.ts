// The catalogue's files: those shipped with the sidecar, and the operator's own.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CatalogueFile, Source } from '../../contract/data-map.ts';
import { sourceFaults } from '../../domain/data-map/check-source.ts';
import { CodedError } from '../../domain/coded-error.ts';

/** Beside `src`: data of the sidecar, not code. */
export const SHIPPED_FOLDER = resolve(import.meta.dirname, '../../../catalogue');

/** Files of the folder that are no family of sources. */
const OTHER_FILES: readonly string[] = ['not-mapped.json'];

/** The operator's file: sources of his own, each as in the shipped files. */
const OwnFile = z.strictObject({ version: z.literal(1), sources: z.array(Source).max(2_000) });

let shipped: readonly CatalogueFile[] | null = null;

/** Read and checked once: the files belong to the installed version. Throws `data_map.bad_catalogue`. */
export function loadShippedCatalogue(): readonly CatalogueFile[] {
  shipped ??= readdirSync(SHIPPED_FOLDER)
    .filter((name) => name.endsWith('.json') && !OTHER_FILES.includes(name))
    .sort()
    .map((name) => readCatalogueFile(join(SHIPPED_FOLDER, name)));
  return shipped;
}

export function readCatalogueFile(path: string): CatalogueFile {
  const file = parseFile(path, CatalogueFile);
  const faults = file.sources.flatMap((source, place) => [
    ...(source.family === file.family.id
      ? []
      : [{ pointer: `/sources/${place}/family`, message: `is not the file's, ${file.family.id}` }]),
    ...under(`/sources/${place}`, sourceFaults(source, { own: false })),
  ]);
  if (faults.length > 0) throw badFile(path, faults);
  return file;
}

/**
 * The sources of `data_map.file`, JSON or YAML; none without that setting. Read anew at each call, so that a mended file
 * counts without a restart. `decryptors`: the configured names. Throws `data_map.bad_catalogue`.
 */
export function loadOwnSources(
  path: string | null,
  decryptors: readonly string[],
): readonly Source[] {
  if (path === null) return [];
  const { sources } = parseFile(path, OwnFile);
  const faults = sources.flatMap((source, place) =>
    under(`/sources/${place}`, sourceFaults(source, { own: true, decryptors })),
  );
  const twice = sources.flatMap(({ id }, place) =>
    sources.findIndex((other) => other.id === id) === place
      ? []
      : [{ pointer: `/sources/${place}/id`, message: `${id} is there twice` }],
  );
  if (faults.length + twice.length > 0) throw badFile(path, [...faults, ...twice]);
  return sources;
}

function parseFile<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(readData(path));
  if (parsed.success) return parsed.data;
  throw badFile(
    path,
    parsed.error.issues.map(({ path: place, message }) => ({
      pointer: place.map((step) => `/${String(step)}`).join(''),
      message,
    })),
  );
}

/** YAML is a superset of JSON as far as these files go. */
function readData(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CodedError({
      code: 'data_map.bad_catalogue',
      category: 'unavailable',
      message: `couldn't read the data map's file ${basename(path)}`,
      detail: 'Check that data_map.file names a file that the sidecar may read.',
      cause,
    });
  }
  try {
    return path.endsWith('.json') ? JSON.parse(text) : parse(text);
  } catch (cause) {
    throw new CodedError({
      code: 'data_map.bad_catalogue',
      category: 'invalid',
      message: `couldn't read the data map's file ${basename(path)}: it is not well formed`,
      detail:
        'Write it as JSON, or as YAML with the ending .yaml; docs/data-map.md has an example.',
      cause,
    });
  }
}

type Fault = { pointer: string; message: string };

function under(pointer: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer}` }));
}

function badFile(path: string, faults: readonly Fault[]): CodedError {
  const first = faults[0] ?? { pointer: '', message: '' };
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new CodedError({
    code: 'data_map.bad_catalogue',
    category: 'invalid',
    message: `couldn't use the data map's file ${basename(path)}: ${first.pointer || '/'} ${first.message}${more}`,
    detail:
      'Mend the places named here; docs/data-map.md says what each part means, with an example.',
    fields: faults,
  });
}
