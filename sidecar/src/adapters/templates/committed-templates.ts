// Templates as they are in one commit: what was reviewed and committed is used, not what lies in the folder.
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CodedError } from '../../domain/coded-error.ts';
import { readTemplateName, TEMPLATE_MOST_BYTES } from '../../domain/notice/template.ts';
import type { TemplateBlob, TemplateSet } from '../../use-cases/ports/templates.ts';
import { runGit } from './run-git.ts';

export type Repository = {
  /** The work tree's root. */
  top: string;
  /** Path of the templates inside it with `/`; empty for the root. */
  path: string;
};

/** The repository a folder lies in, or null. Found by walking up: git refuses to look where another user owns the files. */
export async function findRepository(folder: string): Promise<Repository | null> {
  const start = await realpath(folder).catch(() => null);
  if (start === null) return null;
  for (let at = start; ; at = dirname(at)) {
    const found = await stat(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (found) return { top: at, path: relative(at, start).split(sep).join('/') };
    if (dirname(at) === at) return null;
  }
}

export type Committed =
  { found: true; set: TemplateSet } | { found: false; why: 'git_missing' | 'not_committed' };

/** Reads at the present commit of `ref`; a set once read is kept, since a commit never changes. */
export function makeCommittedTemplates({ top, path }: Repository, ref: string) {
  let kept: TemplateSet | null = null;
  return async (): Promise<Committed> => {
    const asked = await runGit(top, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${ref}^{commit}`,
    ]);
    if (!asked.ok) {
      if (asked.why === 'missing') return { found: false, why: 'git_missing' };
      // A repository without any commit has no HEAD; any other name that leads nowhere is a mistake in the settings.
      if (ref === 'HEAD') return { found: false, why: 'not_committed' };
      throw refNotFound(ref);
    }
    const commit = asked.output.toString('utf8').trim();
    if (kept?.commit !== commit) kept = { commit, files: await readFiles({ top, path }, commit) };
    return kept.files.length === 0
      ? { found: false, why: 'not_committed' }
      : { found: true, set: kept };
  };
}

async function readFiles({ top, path }: Repository, commit: string): Promise<TemplateBlob[]> {
  const treeish = path === '' ? commit : `${commit}:${path}`;
  const listed = await runGit(top, ['ls-tree', '-z', '--full-tree', '-l', treeish]);
  // A folder that is not in the commit: git fails, and there is nothing committed to read.
  if (!listed.ok) return [];
  const files: TemplateBlob[] = [];
  for (const line of listed.output.toString('utf8').split('\0')) {
    // Ordinary files alone: a symbolic link's blob is the path it points to.
    const match = /^100(?:644|755) blob ([0-9a-f]{40,64}) +(\d+)\t(.+)$/.exec(line);
    const name = readTemplateName(match?.[3] ?? '');
    if (match?.[1] === undefined || match[3] === undefined || name === null) continue;
    refuseTooLarge(match[3], Number(match[2]));
    files.push({
      fileName: match[3],
      ...name,
      blob: match[1],
      source: await readBlob(top, match[1]),
    });
  }
  return files.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

async function readBlob(top: string, blob: string): Promise<string> {
  const read = await runGit(top, ['cat-file', 'blob', blob]);
  if (!read.ok) {
    throw new CodedError({
      code: 'templates.unreadable',
      category: 'unavailable',
      message: "couldn't read a notice template: git doesn't give out its text",
      detail: 'Run git fsck in the templates repository, or clone it again.',
      context: { blob },
    });
  }
  return read.output.toString('utf8');
}

export function refuseTooLarge(fileName: string, bytes: number): void {
  if (bytes <= TEMPLATE_MOST_BYTES) return;
  throw new CodedError({
    code: 'templates.too_large',
    category: 'unavailable',
    message: `couldn't read the template ${fileName}: it has ${bytes} bytes`,
    detail: `Allowed are ${TEMPLATE_MOST_BYTES} bytes. Shorten it.`,
  });
}

function refNotFound(ref: string): CodedError {
  return new CodedError({
    code: 'templates.ref_not_found',
    category: 'unavailable',
    message: "couldn't read the notice templates: the repository has no such commit, branch or tag",
    detail: `templates.ref is "${ref}"; set it to HEAD or to a branch that exists in the repository.`,
  });
}
