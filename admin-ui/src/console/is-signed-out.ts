// Whether a request failed because nobody is signed in.
import { ApiProblem } from '../api/problem.ts';

export function isSignedOut(cause: unknown): boolean {
	return cause instanceof ApiProblem && cause.status === 401;
}
