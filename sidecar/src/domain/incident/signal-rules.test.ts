import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeStoreEvent, type StoreEvent } from './signal-rules.ts';

const minute = (m: number) =>
  new Date(Date.parse('2026-11-23T12:00:00.000Z') + m * 60_000).toISOString();
const event = (over: Partial<StoreEvent>): StoreEvent => ({
  eventId: 'e-1',
  kind: 'login.failed',
  actorUserId: 0,
  subjectType: 'user',
  subjectId: 7,
  occurredAt: minute(0),
  data: {},
  ...over,
});

const CASES: [string, StoreEvent, string[], string | null][] = [
  ['four failures', event({}), [-9, -3, -2, 0].map(minute), null],
  [
    'five failures in ten minutes',
    event({}),
    [-9, -4, -3, -2, 0].map(minute),
    'login.failed_burst medium',
  ],
  [
    'five failures in exactly ten minutes and more',
    event({}),
    [-10, -4, -3, -2, 0].map(minute),
    null,
  ],
  ['failures of nobody known', event({ subjectId: 0 }), [-4, -3, -2, -1, 0].map(minute), null],
  ['login without failures', event({ kind: 'login.succeeded' }), [], null],
  [
    'login after a burst',
    event({ kind: 'login.succeeded' }),
    [-9, -4, -3, -2, -1].map(minute),
    'login.after_burst critical',
  ],
  [
    'login an hour after a burst',
    event({ kind: 'login.succeeded' }),
    [-68, -64, -63, -62, -60].map(minute),
    'login.after_burst critical',
  ],
  [
    'login long after a burst',
    event({ kind: 'login.succeeded' }),
    [-69, -64, -63, -62, -61].map(minute),
    null,
  ],
  [
    'login after failures spread out',
    event({ kind: 'login.succeeded' }),
    [-50, -40, -30, -20, -10].map(minute),
    null,
  ],
  [
    'role administrator',
    event({
      kind: 'role.changed',
      data: { roles: ['administrator'], old_roles: ['customer'], privileged: true },
    }),
    [],
    'role.changed high',
  ],
  [
    'role said to be privileged',
    event({ kind: 'role.changed', data: { privileged: true } }),
    [],
    'role.changed high',
  ],
  [
    'role customer',
    event({ kind: 'role.changed', data: { roles: ['customer'], privileged: false } }),
    [],
    null,
  ],
  [
    'role away from administrator',
    event({
      kind: 'role.changed',
      data: { roles: ['customer'], old_roles: ['administrator'], privileged: false },
    }),
    [],
    null,
  ],
  [
    'privileged user created',
    event({ kind: 'user.privileged_created' }),
    [],
    'user.privileged_created high',
  ],
  [
    'password reset',
    event({ kind: 'password.reset', data: { privileged: true } }),
    [],
    'password.reset medium',
  ],
  [
    'password reset of a customer',
    event({ kind: 'password.reset', data: { privileged: false } }),
    [],
    null,
  ],
  [
    'one role of an administrator taken away',
    event({
      kind: 'role.changed',
      data: { roles: ['administrator'], old_roles: ['administrator', 'editor'], privileged: true },
    }),
    [],
    null,
  ],
  [
    'own password changed',
    event({ kind: 'password.changed', actorUserId: 7, data: { privileged: true } }),
    [],
    'password.changed low',
  ],
  [
    'password changed by somebody else',
    event({ kind: 'password.changed', actorUserId: 1, data: { privileged: true } }),
    [],
    'password.changed medium',
  ],
  [
    'this plugin deactivated',
    event({ kind: 'plugin.deactivated', data: { plugin: 'tocsin/tocsin.php' } }),
    [],
    'plugin.deactivated high',
  ],
  [
    'another plugin deactivated',
    event({ kind: 'plugin.deactivated', data: { plugin: 'x/x.php' } }),
    [],
    null,
  ],
  ['events dropped', event({ kind: 'events.dropped' }), [], 'events.dropped medium'],
  [
    'products exported',
    event({ kind: 'data.exported', data: { what: 'products' } }),
    [],
    'data.exported low',
  ],
  ['plugin activated', event({ kind: 'plugin.activated' }), [], 'plugin.activated medium'],
  ['API key', event({ kind: 'api_key.created' }), [], 'api_key.created medium'],
  [
    'application password',
    event({ kind: 'application_password.created' }),
    [],
    'application_password.created medium',
  ],
  ['export', event({ kind: 'data.exported' }), [], 'data.exported medium'],
  ['order', event({ kind: 'order.created' }), [], null],
  ['a kind of a later plugin', event({ kind: 'something.new' }), [], null],
  ['a kind named like an object member', event({ kind: 'constructor' }), [], null],
];

for (const [name, given, failures, expected] of CASES) {
  test(`store event, ${name}: ${expected ?? 'event only'}`, () => {
    const draft = judgeStoreEvent(given, failures);
    assert.equal(draft === null ? null : `${draft.kind} ${draft.severity}`, expected);
  });
}

test('a burst that goes on is one signal, the next day another', () => {
  const judge = (m: number) =>
    judgeStoreEvent(
      event({ eventId: `e${m}`, occurredAt: minute(m) }),
      [m - 4, m - 3, m - 2, m - 1, m].map(minute),
    );
  assert.equal(judge(0)?.dedupe, judge(30)?.dedupe);
  assert.notEqual(judge(0)?.dedupe, judge(24 * 60)?.dedupe);
});

test('what a hostile store writes beside an event is not repeated in a signal', () => {
  const draft = judgeStoreEvent(
    event({ kind: 'plugin.activated', data: { plugin: 'jane@example.com <script>' } }),
    [],
  );
  assert.equal(draft?.title, 'A plugin was activated');
});
