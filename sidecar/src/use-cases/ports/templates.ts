// Where notice templates come from: files at one commit of a git repository, or plain files where there is none.

export type TemplateBlob = {
  /** `payment-data-leaked.de.md` */
  fileName: string;
  id: string;
  language: string;
  /** Git object id of the file's bytes: the same wherever the bytes are the same. */
  blob: string;
  source: string;
};

export type TemplateSet = {
  /** Commit the files were read at, or `unversioned`. */
  commit: string;
  /** By file name, ascending. */
  files: readonly TemplateBlob[];
};

export type TemplateState = {
  commit: string;
  /** Where the files are read from, for a person. */
  folder: string;
  /** Null when the files come from a commit; else why they do not. */
  unversioned: 'no_repository' | 'not_committed' | 'git_missing' | null;
  templates: number;
  /** Files whose text on disk is not the committed one; what is on disk is not used. */
  uncommitted: readonly string[];
};

export interface Templates {
  /** Throws `templates.unreadable` or `templates.ref_not_found`. */
  read(): Promise<TemplateSet>;
  state(): Promise<TemplateState>;
}

/** `TemplateSet.commit` where there is no repository. */
export const UNVERSIONED = 'unversioned';
