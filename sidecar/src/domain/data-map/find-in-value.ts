// Looks a path up in a value that is taken apart, opening texts inside it on the way.
import type { FieldPart } from '../../contract/data-map.ts';
import type { ByteText } from './byte-text.ts';
import type { PathStep } from './field-path.ts';
import { isContainer, mayOpen, openText } from './open-text.ts';
import type { Stepped } from './value-steps.ts';
import { spendVisit, type Container, type Node, type Reading } from './value-tree.ts';

export type FieldValue = {
  /** Unicode text as stored, never empty; `HELD` for a field that is only known to be there. */
  readonly value: string;
  /** What `*` stood for, joined by dots: values of one list entry have the same. '' without `*`. */
  readonly entry: string;
};

/** The value of a field of part `holds`: what it really is, is never read. */
export const HELD = 'held';

export type ValueSearch = {
  readonly reading: Reading;
  readonly nesting: number;
  /** Steps of the encoding that are left for each value inside the outer container. */
  readonly step: (text: ByteText) => Stepped;
  readonly hasSteps: boolean;
  /** The stored value is so large that what is found must not hold on to it. */
  readonly large: boolean;
  readonly unicode: (text: ByteText) => string;
  /** Values that are there and did not open; counted once for each of them. */
  unread: number;
};

type Run = {
  readonly search: ValueSearch;
  readonly path: readonly PathStep[];
  readonly part: FieldPart | undefined;
  readonly into: FieldValue[];
};

/** A serialized or JSON text that holds nothing. */
const HOLDS_NOTHING = /^(?:a:0:\{\}|s:0:"";|b:0;|N;|\[\s*\]|\{\s*\}|""|null|false)$/;
/** Longest text that can be a mere flag (`yes`, `expired`, `1700000000`) where a container was declared. */
const LONGEST_FLAG = 20;

/** Adds to `into` what `path` leads to. Texts opened on the way stay open in `root` for the next path. */
export function findInValue(
  search: ValueSearch,
  root: Node,
  path: readonly PathStep[],
  part: FieldPart | undefined,
  into: FieldValue[],
): void {
  const run: Run = { search, path, part, into };
  look(run, root, 0, '', 0, true);
}

/** `sure`: names alone led here, so that something must be found. */
function look(run: Run, node: Node, at: number, entry: string, level: number, sure: boolean): void {
  const step = run.path[at];
  if (step === undefined) {
    take(run, node, entry, level);
    return;
  }
  if (node === null || node === '') return;
  const container = isContainer(node) ? node : openContainer(run.search, node, level);
  if (container === null) {
    if (step.kind === 'any') {
      if (at === run.path.length - 1) take(run, node, entry, level);
    } else if (sure && !isContainer(node) && !isFlag(node)) {
      run.search.unread += 1;
    }
    return;
  }
  const below = container === node ? level : level + 1;
  if (step.kind === 'any' && at < run.path.length - 1) {
    look(run, container, at + 1, entry, below, false);
  }
  lookInside(run, container, step, at, entry, below, sure);
}

function lookInside(
  run: Run,
  container: Container,
  step: PathStep,
  at: number,
  entry: string,
  level: number,
  sure: boolean,
): void {
  const { keys, items } = container;
  for (let index = 0; index < items.length; index += 1) {
    const key = keys[index] ?? '';
    if (step.kind === 'name' && key !== step.name) continue;
    if (!spendVisit(run.search.reading)) return;
    let item = items[index] ?? null;
    const goesOn = step.kind === 'any' || at + 1 < run.path.length;
    if (goesOn && typeof item === 'string' && item !== '') {
      const opened = openContainer(run.search, item, level);
      if (opened !== null) items[index] = item = opened;
    }
    const deeper = isContainer(item) && item.openedFrom !== undefined ? level + 1 : level;
    if (step.kind === 'any') {
      look(run, item, at, entry, deeper, false);
    } else if (step.kind === 'one') {
      const name = run.search.unicode(key);
      look(run, item, at + 1, entry === '' ? name : `${entry}.${name}`, deeper, false);
    } else {
      look(run, item, at + 1, entry, deeper, sure);
    }
  }
}

/** The container a text is, through as many layers as are allowed; null when it is a text. */
function openContainer(search: ValueSearch, text: ByteText, level: number): Container | null {
  if (search.hasSteps) {
    const node = search.step(text)?.node;
    if (isContainer(node)) return { ...node, openedFrom: text };
  }
  let inner = text;
  for (let layer = level; mayOpen(inner); layer += 1) {
    const opened = openText(inner, search.reading);
    if (opened === null) return null;
    if (layer >= search.nesting) {
      search.reading.tooDeep = true;
      return null;
    }
    if (isContainer(opened.node)) return { ...opened.node, openedFrom: text };
    if (opened.node === null || opened.node === '') return null;
    inner = opened.node;
  }
  return null;
}

function take(run: Run, node: Node, entry: string, level: number): void {
  if (node === null || node === '') return;
  const { search, into } = run;
  if (run.part === 'holds') {
    const holds = isContainer(node) ? node.items.length > 0 : !HOLDS_NOTHING.test(node);
    if (holds) into.push({ value: HELD, entry });
    return;
  }
  if (isContainer(node)) {
    takeContainer(run, node, entry);
    return;
  }
  const text = search.hasSteps ? takeLeftSteps(run, node, entry) : openScalar(search, node, level);
  if (text === undefined) search.unread += 1;
  else if (text !== '') into.push({ value: keep(search, text), entry });
}

/** A container where one value was declared: its pieces when it was joined text, else something nobody declared. */
function takeContainer(run: Run, container: Container, entry: string): void {
  if (container.joined !== true) {
    if (container.items.length > 0) run.search.unread += 1;
    return;
  }
  for (const item of container.items) {
    if (typeof item === 'string') run.into.push({ value: keep(run.search, item), entry });
  }
}

/** Undefined when it does not open as declared; '' when there is nothing more to add. */
function takeLeftSteps(run: Run, text: ByteText, entry: string): ByteText | undefined {
  const stepped = run.search.step(text);
  if (stepped === undefined) return undefined;
  if (!isContainer(stepped.node)) return stepped.node ?? '';
  takeContainer(run, stepped.node, entry);
  return '';
}

/** A scalar that was serialized by itself, even twice. Base64 is left alone here: a token may well be base64. */
function openScalar(search: ValueSearch, text: ByteText, level: number): ByteText | undefined {
  let inner = text;
  for (let layer = level; layer < search.nesting && mayOpen(inner); layer += 1) {
    const opened = openText(inner, search.reading);
    if (opened === null || opened.layer === 'base64') return inner;
    if (isContainer(opened.node)) return opened.node.items.length > 0 ? undefined : '';
    if (opened.node === null || opened.node === '') return '';
    inner = opened.node;
  }
  return inner;
}

function isFlag(text: ByteText): boolean {
  return (text.length <= LONGEST_FLAG && !text.includes('@')) || HOLDS_NOTHING.test(text);
}

/** Unicode, and of large values a copy: a slice would keep all of the value in memory for as long as the address is kept. */
function keep(search: ValueSearch, text: ByteText): string {
  const value = search.unicode(text);
  return search.large ? Buffer.from(value, 'utf8').toString('utf8') : value;
}
