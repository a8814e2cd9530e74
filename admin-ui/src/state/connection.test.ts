import assert from 'node:assert/strict';
import test from 'node:test';
import { ApiProblem } from '../api/problem.ts';
import { makeConnection } from './connection.ts';

const problem = (code: string, status: number) => new ApiProblem({ code, title: '', status });

function connectionAt() {
	const clock = { now: 1_000 };
	return { clock, connection: makeConnection(() => clock.now) };
}

test('the loss is dated from its first sign until an answer comes', () => {
	const { clock, connection } = connectionAt();
	connection.failed(problem('tocsin.sidecar_unreachable', 503));
	clock.now = 9_000;
	connection.failed(problem('tocsin.sidecar_slow', 504));
	assert.equal(connection.read().lostAt, 1_000);
	assert.equal(connection.read().problem?.code, 'tocsin.sidecar_slow');
	connection.answered();
	assert.deepEqual(connection.read(), { problem: null, lostAt: null, lastAnswerAt: 9_000 });
});

test('a refusal proves that the sidecar is there; a failure of the sidecar itself proves nothing', () => {
	const { connection } = connectionAt();
	connection.failed(problem('fetch_error', 0));
	connection.failed(problem('internal.unexpected', 500));
	assert.notEqual(connection.read().problem, null);
	connection.failed(problem('incident.not_found', 404));
	assert.equal(connection.read().problem, null);
});

test('a WordPress that breaks off before our code runs is no answer of the sidecar', () => {
	for (const code of ['wp_die', 'internal_server_error']) {
		const { connection } = connectionAt();
		connection.failed(problem(code, 500));
		assert.equal(connection.read().problem?.code, code);
	}
});

test('listeners hear of changes, not of every answer', () => {
	const { connection } = connectionAt();
	let heard = 0;
	const leave = connection.subscribe(() => {
		heard += 1;
	});
	connection.answered();
	connection.answered();
	assert.equal(heard, 0);
	connection.failed(problem('tocsin.sidecar_slow', 504));
	connection.failed(problem('tocsin.sidecar_slow', 504));
	assert.equal(heard, 1);
	leave();
	connection.answered();
	assert.equal(heard, 1);
});
