import assert from 'node:assert/strict';
import test from 'node:test';
import { errorWords } from './error-words.ts';
import { ApiProblem, toApiProblem } from './problem.ts';

test('a known code has words of ours and keeps the advice of the sender', () => {
	const words = errorWords(
		new ApiProblem({
			code: 'tocsin.sidecar_unreachable',
			title: "Couldn't reach the sidecar at http://x.",
			detail: 'Check that it runs.',
			status: 503,
		}),
	);
	assert.equal(words.sentence, 'The sidecar cannot be reached.');
	assert.equal(words.nextStep, 'Check that it runs.');
	assert.equal(words.code, 'tocsin.sidecar_unreachable');
});

test('a code nobody here knows falls back to the sentence of the sender', () => {
	const words = errorWords(
		new ApiProblem({ code: 'scope.new_rule', title: 'What was wrong.', detail: 'Do this.' }),
	);
	assert.deepEqual(words, {
		sentence: 'What was wrong.',
		nextStep: 'Do this.',
		code: 'scope.new_rule',
	});
});

test('a problem without any words still says something and what to do', () => {
	for (const status of [0, 401, 404, 500]) {
		const words = errorWords(new ApiProblem({ code: 'ui.unexpected', title: '', status }));
		assert.notEqual(words.sentence, '');
		assert.notEqual(words.nextStep, '');
	}
});

test('problem details, errors of WordPress and anything else become the same shape', () => {
	const problem = toApiProblem({
		code: 'request.invalid',
		title: 'T',
		detail: 'D',
		status: 422,
		errors: [{ pointer: '/title', message: 'too short' }],
	});
	assert.deepEqual(
		[problem.code, problem.status, problem.errors.length],
		['request.invalid', 422, 1],
	);
	const fromWordPress = toApiProblem({
		code: 'rest_forbidden',
		message: 'No.',
		data: { status: 403 },
	});
	assert.deepEqual([fromWordPress.title, fromWordPress.status], ['No.', 403]);
	assert.equal(toApiProblem('boom').code, 'ui.unexpected');
	assert.equal(toApiProblem(problem), problem);
});
