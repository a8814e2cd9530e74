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
const HOLDS_NOTHING = /^(?:a:0:\{\}|s:0:"";|b:0;|N;|\[\s*\]|\{\s*\}|"")$/;
/** Longest text that can be a mere flag (`yes`, `expired`, `1700000000`) where a container was declared. */
const LONGEST_FLAG = 20;

/** How a value was reached. */
type Way = {
  readonly entry: string;
  /** Layers opened so far. */
  readonly level: number;
  /** Names alone led here, so that something must be found. */
  readonly sure: boolean;
  /** The declared steps are behind. */
  readonly clear: boolean;
};

/** Adds to `into` what `path` leads to. Texts opened on the way stay open in `root` for the next path. */
export function findInValue(
  search: ValueSearch,
  root: Node,
  path: readonly PathStep[],
  part: FieldPart | undefined,
  into: FieldValue[],
): void {
  const run: Run = { search, path, part, into };
  look(run, root, 0, { entry: '', level: 0, sure: true, clear: !search.hasSteps });
}

function look(run: Run, node: Node, at: number, way: Way): void {
  const step = run.path[at];
  if (step === undefined) {
    take(run, node, way);
    return;
  }
  if (node === null || node === '') return;
  const container = isContainer(node) ? node : openContainer(run.search, node, way);
  if (container === null) {
    if (step.kind === 'any') {
      if (at === run.path.length - 1) take(run, node, way);
    } else if (way.sure && !isContainer(node) && !isFlag(node)) {
      run.search.unread += 1;
    }
    return;
  }
  const inside = container.openedFrom === undefined ? way : wayInto(container, way);
  if (step.kind === 'any' && at < run.path.length - 1) {
    look(run, container, at + 1, { ...inside, sure: false });
  }
  lookInside(run, container, step, at, inside);
}

function wayInto(container: Container, way: Way): Way {
  return { ...way, level: way.level + 1, clear: way.clear || container.isClear === true };
}

function lookInside(run: Run, container: Container, step: PathStep, at: number, way: Way): void {
  const { keys, items } = container;
  const below = step.kind === 'any' && way.sure ? { ...way, sure: false } : way;
  const next = step.kind === 'any' ? at : at + 1;
  for (let index = 0; index < items.length; index += 1) {
    const key = keys[index] ?? '';
    if (step.kind === 'name' && key !== step.name) continue;
    if (!spendVisit(run.search.reading)) return;
    const item = openInPlace(run, items, index, next, below);
    if (step.kind === 'one') {
      const name = run.search.unicode(key);
      const entry = way.entry === '' ? name : `${way.entry}.${name}`;
      look(run, item, next, { ...below, entry, sure: false });
    } else {
      look(run, item, next, below);
    }
  }
}

/** The item, and where the path goes on inside a text, what the text holds: opened once for all paths. */
function openInPlace(run: Run, items: Node[], index: number, next: number, way: Way): Node {
  const item = items[index] ?? null;
  if (typeof item !== 'string' || item === '' || next === run.path.length) return item;
  const opened = openContainer(run.search, item, way);
  if (opened !== null) items[index] = opened;
  return opened ?? item;
}

/** The container a text is, through as many layers as are allowed; null when it is a text. */
function openContainer(search: ValueSearch, text: ByteText, way: Way): Container | null {
  const stepped = way.clear ? undefined : search.step(text)?.node;
  const isClear = way.clear || (stepped !== undefined && stepped !== text);
  let node: Node = stepped ?? text;
  for (let layer = way.level; ; layer += 1) {
    if (isContainer(node)) return { ...node, openedFrom: text, isClear };
    if (node === null || node === '' || !mayOpen(node)) return null;
    const opened = openText(node, search.reading);
    if (opened === null) return null;
    if (layer >= search.nesting) {
      search.reading.tooDeep = true;
      return null;
    }
    node = opened.node;
  }
}

function take(run: Run, node: Node, way: Way): void {
  if (node === null || node === '') return;
  const { search, into, part } = run;
  if (part === 'holds') {
    const holds = isContainer(node) ? node.items.length > 0 : !HOLDS_NOTHING.test(node);
    if (holds) into.push({ value: HELD, entry: way.entry });
  } else if (isContainer(node) && node.openedFrom === undefined) {
    takeContainer(run, node, way.entry);
  } else {
    const raw = isContainer(node) ? (node.openedFrom ?? '') : node;
    const text = way.clear
      ? openScalar(search, raw, way.level)
      : takeLeftSteps(run, raw, way.entry);
    if (text === undefined) search.unread += 1;
    else if (text !== '') into.push({ value: keep(search, text), entry: way.entry });
  }
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
