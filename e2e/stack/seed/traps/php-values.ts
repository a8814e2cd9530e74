// Values as PHP's serialize() writes them: lengths are bytes of UTF-8.

export type PhpValue = string | number | boolean | null | readonly PhpValue[] | PhpMap | PhpObject;
export type PhpMap = { readonly [key: string]: PhpValue };

export class PhpObject {
  readonly className: string;
  readonly members: PhpMap;
  constructor(className: string, members: PhpMap) {
    this.className = className;
    this.members = members;
  }
}

export function php(value: PhpValue): string {
  if (value === null) return 'N;';
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  if (typeof value === 'number') return Number.isInteger(value) ? `i:${value};` : `d:${value};`;
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  if (value instanceof PhpObject) {
    const name = `O:${Buffer.byteLength(value.className)}:"${value.className}"`;
    return `${name}:${members(Object.entries(value.members))}`;
  }
  const isList = Array.isArray(value);
  const entries = isList
    ? (value as readonly PhpValue[]).map((item, place) => [place, item] as const)
    : Object.entries(value as PhpMap);
  return `a:${members(entries)}`;
}

function members(entries: readonly (readonly [string | number, PhpValue])[]): string {
  return `${entries.length}:{${entries.map(([key, item]) => php(key) + php(item)).join('')}}`;
}
