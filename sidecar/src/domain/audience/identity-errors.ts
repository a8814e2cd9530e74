// Why a reviewer's decision about who is one human is refused, and what to do instead.
import { CodedError } from '../coded-error.ts';
import type { Contradiction } from './identity-decisions.ts';

export function samePerson(): CodedError {
  return new CodedError({
    code: 'identity.same_person',
    category: 'invalid',
    message: "couldn't decide: the same person is named twice, and nobody else",
    detail: 'Name at least two different people.',
    fields: [{ pointer: '/people', message: 'must name two different people' }],
  });
}

export function personNotFound(missing: number): CodedError {
  return new CodedError({
    code: 'identity.person_not_found',
    category: 'not_found',
    message: `couldn't decide: ${missing} of the people ${missing === 1 ? 'is' : 'are'} not in the frozen audience`,
    detail:
      'Somebody who was merged is gone from the list by the next freeze. Reload the list and choose from it.',
    context: { missing },
  });
}

export function rowNotTheirs(place: number): CodedError {
  return new CodedError({
    code: 'identity.row_not_theirs',
    category: 'invalid',
    message: "couldn't split: one of the rows does not belong to this person",
    detail:
      'Name rows from the reasons of the person. An entry of the include list is no row: change the list instead.',
    fields: [
      { pointer: `/rows/${place}`, message: 'must be a row among the reasons of the person' },
    ],
  });
}

export function nothingLeft(): CodedError {
  return new CodedError({
    code: 'identity.nothing_left',
    category: 'invalid',
    message: "couldn't split: no row of the person would be left",
    detail: 'Leave at least one row that is theirs; earlier splits of the person count, too.',
    fields: [{ pointer: '/rows', message: 'must leave a row to the person' }],
  });
}

const CLASHES: Readonly<
  Record<Contradiction['how'], { code: string; message: string; detail: (id: string) => string }>
> = {
  kept_apart: {
    code: 'identity.kept_apart',
    message: "couldn't merge: an earlier decision says that some of these people are different",
    detail: (id) => `Take decision ${id} back first, or leave out whom it names.`,
  },
  merged: {
    code: 'identity.merged',
    message: "couldn't keep these people apart: an earlier decision says that some of them are one",
    detail: (id) => `Take decision ${id} back first, or leave out whom it names.`,
  },
  row_taken: {
    code: 'identity.row_taken',
    message: "couldn't split: an earlier decision takes one of the rows from this person already",
    detail: (id) => `Leave that row out, or take decision ${id} back first.`,
  },
  same: {
    code: 'identity.already_decided',
    message: "couldn't decide: that is decided already",
    detail: (id) => `See decision ${id}. It counts from the next freeze on.`,
  },
};

export function contradicts({ how, decision }: Contradiction): CodedError {
  const { code, message, detail } = CLASHES[how];
  return new CodedError({
    code,
    category: 'conflict',
    message,
    detail: detail(decision),
    context: { decision },
  });
}
