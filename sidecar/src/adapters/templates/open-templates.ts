// Opens the place notice templates come from. In an emergency a missing git must not keep anybody from sending, so
// files are then read from disk, marked `unversioned`, and the doctor warns.
import { join, resolve } from 'node:path';
import {
  UNVERSIONED,
  type Templates,
  type TemplateSet,
  type TemplateState,
} from '../../use-cases/ports/templates.ts';
import { findRepository, makeCommittedTemplates, type Committed } from './committed-templates.ts';
import { readFolderTemplates } from './folder-templates.ts';

export type TemplatesOptions = {
  /** Folder of the git repository, or of the installation when there is none. */
  repository: string;
  /** Folder of the templates inside it; empty for the repository itself. */
  folder: string;
  /** Commit, branch or tag. Default `HEAD`. */
  ref?: string;
};

/** Nothing is read here: a folder that is missing at start may be there when it is needed. */
export function openTemplates({ repository, folder, ref = 'HEAD' }: TemplatesOptions): Templates {
  const place = resolve(join(repository, folder));
  let reader: { top: string; read: () => Promise<Committed> } | null = null;

  async function committed(): Promise<Committed | null> {
    const found = await findRepository(place);
    if (found === null) return null;
    if (reader?.top !== found.top)
      reader = { top: found.top, read: makeCommittedTemplates(found, ref) };
    return reader.read();
  }

  async function read(): Promise<TemplateSet> {
    const there = await committed();
    return there?.found === true ? there.set : readFolderTemplates(place);
  }

  async function state(): Promise<TemplateState> {
    const there = await committed();
    const disk = await readFolderTemplates(place).catch(() => ({ commit: UNVERSIONED, files: [] }));
    if (there?.found === true) {
      const { commit, files } = there.set;
      return {
        commit,
        folder: place,
        unversioned: null,
        templates: files.length,
        uncommitted: differing(there.set, disk),
      };
    }
    return {
      commit: UNVERSIONED,
      folder: place,
      unversioned: there === null ? 'no_repository' : there.why,
      templates: disk.files.length,
      uncommitted: [],
    };
  }

  return { read, state };
}

/** Names of files that were changed, added or removed on disk since the commit. */
function differing(committed: TemplateSet, disk: TemplateSet): string[] {
  const blobs = new Map(committed.files.map(({ fileName, blob }) => [fileName, blob]));
  const onDisk = new Map(disk.files.map(({ fileName, blob }) => [fileName, blob]));
  return [...new Set([...blobs.keys(), ...onDisk.keys()])]
    .filter((name) => blobs.get(name) !== onDisk.get(name))
    .sort();
}
