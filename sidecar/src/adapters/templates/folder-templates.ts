// Templates as files in a folder, for an installation from an archive, which has no repository.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../domain/coded-error.ts';
import { readTemplateName } from '../../domain/notice/template.ts';
import {
  UNVERSIONED,
  type TemplateBlob,
  type TemplateSet,
} from '../../use-cases/ports/templates.ts';
import { refuseTooLarge } from './committed-templates.ts';
import { gitBlobId } from '../../domain/notice/git-blob-id.ts';

/** Throws `templates.unreadable` when there is no such folder or a file in it cannot be read. */
export async function readFolderTemplates(folder: string): Promise<TemplateSet> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    const files: TemplateBlob[] = [];
    for (const fileName of names.sort()) {
      const name = readTemplateName(fileName);
      if (name === null) continue;
      const bytes = await readFile(join(folder, fileName));
      refuseTooLarge(fileName, bytes.length);
      files.push({ fileName, ...name, blob: gitBlobId(bytes), source: bytes.toString('utf8') });
    }
    return { commit: UNVERSIONED, files };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError({
      code: 'templates.unreadable',
      category: 'unavailable',
      message: "couldn't read the notice templates: their folder or a file in it cannot be opened",
      detail:
        'Check templates.repository and templates.folder in the configuration, and that the sidecar may read there.',
      cause: error,
    });
  }
}
