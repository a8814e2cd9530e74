// What the doctor says about notice templates.
import type { Finding } from '../contract/index.ts';
import { sortTemplates } from './list-templates.ts';
import type { Templates, TemplateState } from './ports/templates.ts';

type TemplateFinding = Omit<Finding, 'name'>;

const WHY: Readonly<Record<NonNullable<TemplateState['unversioned']>, string>> = {
  no_repository: 'their folder lies in no git repository',
  not_committed: 'they were never committed',
  git_missing: 'git is not installed on this machine',
};

/** One finding at least. Throws what the port throws. */
export async function checkTemplates(templates: Templates): Promise<TemplateFinding[]> {
  const state = await templates.state();
  const { items, broken } = await sortTemplates(templates);
  const findings: TemplateFinding[] = broken.map(({ message, detail }) => ({
    level: 'error',
    sentence: `${message}.`,
    mend: detail,
  }));
  if (items.length === 0) {
    findings.push({
      level: 'error',
      sentence: 'There is no usable notice template, so nobody can be told anything.',
      mend: `Put templates into ${state.folder} and commit them, or correct templates.folder in the configuration.`,
    });
  }
  if (state.unversioned !== null) {
    findings.push({
      level: 'warning',
      sentence: `Notice templates are read without a version: ${WHY[state.unversioned]}. Proofs name the hash of each text, but no commit.`,
      mend: 'Keep the templates in a git repository and set templates.repository to it.',
    });
  }
  if (state.uncommitted.length > 0) {
    findings.push({
      level: 'warning',
      sentence: `Not used, because it is not committed: ${state.uncommitted.join(', ')}.`,
      mend: `git -C ${state.folder} add . && git -C ${state.folder} commit`,
    });
  }
  if (findings.length > 0) return findings;
  return [
    {
      level: 'ok',
      sentence: `${items.length} notice templates at commit ${state.commit.slice(0, 12)}.`,
      mend: '',
    },
  ];
}
