// Errors of notices and their templates. Each names the line of the template file and what is allowed there.
import { CodedError, type ErrorCategory } from '../coded-error.ts';

export type NoticeErrorCode =
  | 'notice.front_matter'
  | 'notice.placeholder_unknown'
  | 'notice.placeholder_unclosed'
  | 'notice.placeholder_misplaced'
  | 'notice.field_undeclared'
  | 'notice.field_unused'
  | 'notice.raw_html'
  | 'notice.image'
  | 'notice.link'
  | 'notice.control_character'
  | 'notice.empty'
  | 'notice.language_without_words';

export type TemplateProblem = {
  code: NoticeErrorCode;
  /** File name, such as `payment-data-leaked.en.md`. */
  file: string;
  /** 1-based line in the file. */
  line: number;
  problem: string;
  allowed: string;
};

/** The template is wrong, not the request: a conflict with what is stored. */
export function templateError({ code, file, line, problem, allowed }: TemplateProblem): CodedError {
  return new CodedError({
    code,
    category: 'conflict',
    message: `couldn't read the template ${file}, line ${line}: ${problem}`,
    detail: allowed,
    context: { file, line },
  });
}

export type ValueProblem = {
  code: 'notice.value_missing' | 'notice.value_unknown' | 'notice.contact_missing';
  message: string;
  detail: string;
  category?: ErrorCategory;
  fields?: readonly { pointer: string; message: string }[];
};

/** What the preparer or the configuration gave does not fit the template. */
export function valueError({ category, ...problem }: ValueProblem): CodedError {
  return new CodedError({ category: category ?? 'invalid', ...problem });
}
