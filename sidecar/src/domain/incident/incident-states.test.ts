import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IncidentState as ContractState } from '../../contract/incident.ts';
import { isCoded } from '../coded-error.ts';
import {
  findMove,
  INCIDENT_MOVES,
  statesAllowedNext,
  type DispatchFact,
  type IncidentState,
  type Mover,
} from './incident-states.ts';

const STATES: readonly IncidentState[] = ContractState.options;
const MOVERS: Mover[] = ['person', 'system'];
const DISPATCHES: DispatchFact[] = ['none', 'running', 'ended'];

/** Written out by hand: the table under test must not be its own judge. */
const ALLOWED = new Set([
  'person suspected>confirmed none',
  'person suspected>confirmed running',
  'person suspected>confirmed ended',
  'person suspected>dismissed none',
  'person confirmed>dismissed none',
  'person confirmed>closed ended',
  'person notifying>closed ended',
  'person notified>closed none',
  'person notified>closed running',
  'person notified>closed ended',
  'person closed>suspected none',
  'person closed>suspected running',
  'person closed>suspected ended',
  'person dismissed>suspected none',
  'person dismissed>suspected running',
  'person dismissed>suspected ended',
  'system confirmed>notifying none',
  'system confirmed>notifying running',
  'system confirmed>notifying ended',
  'system notifying>notified none',
  'system notifying>notified running',
  'system notifying>notified ended',
]);

test('every move between two states is allowed or refused as written down', () => {
  let tried = 0;
  for (const by of MOVERS) {
    for (const from of STATES) {
      for (const to of STATES) {
        for (const dispatch of DISPATCHES) {
          const name = `${by} ${from}>${to} ${dispatch}`;
          const ask = () => findMove({ from, to, by, dispatch, reason: 'a good reason' });
          if (ALLOWED.has(name)) assert.equal(ask().to, to, name);
          else
            assert.throws(
              ask,
              (error) => isCoded(error, 'incident.move_refused', 'incident.dispatch_in_the_way'),
              name,
            );
          tried += 1;
        }
      }
    }
  }
  assert.equal(tried, 2 * 6 * 6 * 3);
});

test('a refusal says what is allowed now', () => {
  assert.throws(
    () => findMove({ from: 'suspected', to: 'closed', by: 'person', dispatch: 'none', reason: '' }),
    (error) =>
      isCoded(error, 'incident.move_refused') &&
      /Allowed now: confirmed, dismissed/.test(error.detail ?? '') &&
      error.context['allowed'] === 'confirmed,dismissed',
  );
});

test('a person cannot claim that people were told', () => {
  for (const to of ['notifying', 'notified'] as const) {
    assert.throws(
      () => findMove({ from: 'confirmed', to, by: 'person', dispatch: 'none', reason: 'x y z' }),
      (error) =>
        isCoded(error, 'incident.move_refused') && /only by sending/.test(error.detail ?? ''),
    );
  }
});

test('dismissing, reopening and closing early need a reason', () => {
  for (const move of INCIDENT_MOVES.filter(({ needsReason }) => needsReason)) {
    assert.throws(
      () => findMove({ ...move, dispatch: move.dispatch ?? 'none', reason: ' x ' }),
      (error) => isCoded(error, 'incident.reason_needed') && error.fields[0]?.pointer === '/reason',
      `${move.from}>${move.to}`,
    );
  }
});

test('no state is a dead end once its dispatch has ended', () => {
  for (const state of STATES) assert.notEqual(statesAllowedNext(state, 'ended').length, 0, state);
});
