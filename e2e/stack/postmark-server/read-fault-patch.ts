// Reads the JSON of POST /_control. Anything it does not know is refused, so that a typing error in a chaos
// test cannot mean "no fault".

import type { FaultPatch, RejectRule, SendFault, WebhookFaults } from './fault-control.ts';
import { isObject } from './message-draft.ts';
import type { OutcomeRule, OutcomeRules } from './recipient-outcome.ts';

/** What POST /_control may hold: a fault patch, `reset` to clear all faults first. */
export interface ControlRequest {
  readonly reset: boolean;
  readonly patch: FaultPatch;
}

/** Thrown with a sentence that names the field and what is allowed. */
export class ControlRequestError extends Error {
  readonly code = 'control-request';
}

/** The request, or a ControlRequestError. */
export function readControlRequest(json: unknown): ControlRequest {
  const { reset, ...patch } = readFields(json, 'body', FIELDS);
  return { reset: reset === true, patch };
}

const FIELDS = {
  reset: readBoolean,
  seed: readNumber,
  delayMs: readDelay,
  next: (value: unknown, name: string) => readList(value, name, readFault),
  chances: (value: unknown, name: string) => readList(value, name, readChance),
  rejectRecipients: (value: unknown, name: string) => readList(value, name, readRule),
  searchDown: readBoolean,
  readsDown: readBoolean,
  searchLagMs: readNumber,
  webhooks: readWebhookFaults,
  outcomes: readOutcomes,
};

function refuse(name: string, allowed: string): ControlRequestError {
  return new ControlRequestError(`couldn't read the control request: ${name} must be ${allowed}`);
}

function readNumber(value: unknown, name: string): number {
  if (typeof value !== 'number' || !(value >= 0)) throw refuse(name, 'a number from 0');
  return value;
}

function readShare(value: unknown, name: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw refuse(name, 'from 0 to 1');
  return value;
}

function readBoolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw refuse(name, 'true or false');
  return value;
}

function readList<T>(value: unknown, name: string, read: (item: unknown, name: string) => T): T[] {
  if (!Array.isArray(value)) throw refuse(name, 'a list');
  return value.map((item: unknown, index) => read(item, `${name}[${String(index)}]`));
}

function readDelay(value: unknown, name: string): number | [number, number] {
  if (!Array.isArray(value)) return readNumber(value, name);
  const [from, to] = readList(value, name, readNumber);
  if (from === undefined || to === undefined || value.length !== 2 || from > to) {
    throw refuse(name, 'milliseconds or [from, to]');
  }
  return [from, to];
}

function readFault(value: unknown, name: string): SendFault {
  if (!isObject(value)) throw refuse(name, 'a fault object');
  const { kind, status, when } = value;
  const timed = when === 'before' || when === 'after';
  if (kind === 'status') {
    const known = ([429, 500, 502, 503] as const).find((allowed) => allowed === status);
    if (!known || !timed) throw refuse(name, 'status 429, 500, 502 or 503, when before or after');
    return { kind, status: known, when };
  }
  if (kind === 'hang') {
    if (!timed) throw refuse(`${name}.when`, 'before or after');
    return { kind, when };
  }
  const plain = (['acceptAndDrop', 'dropBefore', 'hangMidBody', 'dropMidBody'] as const).find(
    (allowed) => allowed === kind,
  );
  if (!plain) {
    throw refuse(
      `${name}.kind`,
      'status, hang, acceptAndDrop, dropBefore, hangMidBody or dropMidBody',
    );
  }
  return { kind: plain };
}

function readChance(value: unknown, name: string): { fault: SendFault; probability: number } {
  if (!isObject(value)) throw refuse(name, 'an object with fault and probability');
  return {
    fault: readFault(value.fault, `${name}.fault`),
    probability: readShare(value.probability, `${name}.probability`),
  };
}

function readRule(value: unknown, name: string): RejectRule {
  if (!isObject(value)) throw refuse(name, 'an object with errorCode and addresses or pattern');
  const { addresses, pattern, errorCode } = value;
  if (errorCode !== 300 && errorCode !== 406) throw refuse(`${name}.errorCode`, '300 or 406');
  if (addresses === undefined && pattern === undefined)
    throw refuse(name, 'given addresses or pattern');
  return {
    errorCode,
    ...(addresses === undefined
      ? {}
      : { addresses: readList(addresses, `${name}.addresses`, readText) }),
    ...(pattern === undefined ? {} : { pattern: readPattern(pattern, `${name}.pattern`) }),
  };
}

function readText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw refuse(name, 'text');
  return value;
}

function readPattern(value: unknown, name: string): string {
  const text = readText(value, name);
  try {
    new RegExp(text);
  } catch {
    throw refuse(name, 'a regular expression');
  }
  return text;
}

type Reader = (value: unknown, name: string) => unknown;

function readFields(value: unknown, name: string, readers: Readonly<Record<string, Reader>>) {
  if (!isObject(value)) throw refuse(name, 'an object');
  const fields: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (!read) throw refuse(`${name}.${key}`, `one of ${Object.keys(readers).join(', ')}`);
    fields[key] = read(item, `${name}.${key}`);
  }
  return fields;
}

function readWebhookFaults(value: unknown, name: string): Partial<WebhookFaults> {
  return readFields(value, name, {
    delayMs: readNumber,
    shuffleMs: readNumber,
    dropShare: readShare,
    repeatShare: readShare,
  });
}

function readOutcomes(value: unknown, name: string): OutcomeRules {
  const readTexts: Reader = (list, field) => readList(list, field, readText);
  const readOutcome = (rule: unknown, field: string): OutcomeRule =>
    readFields(rule, field, {
      localPartPrefixes: readTexts,
      addresses: readTexts,
      share: readShare,
    });
  return readFields(value, name, {
    hardBounce: readOutcome,
    softBounce: readOutcome,
    spamComplaint: readOutcome,
  });
}
