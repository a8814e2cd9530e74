// What a scope must be besides well-formed: it names somebody, and its windows have room.
import type { Scope } from '../../contract/scope.ts';
import { CodedError } from '../coded-error.ts';

/** Throws `scope.empty` or `scope.window_backwards`, naming the fields. */
export function checkScope(scope: Scope): void {
  const { include } = scope;
  const listed = include.emails.length + include.order_ids.length + include.user_ids.length;
  const places = [scope.accounts, scope.orders, scope.sources];
  if (places.every((place) => place === null) && listed === 0) {
    throw new CodedError({
      code: 'scope.empty',
      category: 'invalid',
      message: "couldn't take the scope: it names nobody",
      detail:
        'Take accounts, orders, other sources, or at least one address, order or account of a list into it.',
      fields: [
        {
          pointer: '/include',
          message: 'must not be empty when accounts, orders and sources are null',
        },
      ],
    });
  }
  checkWindow('/orders/created_to', scope.orders?.created_from, scope.orders?.created_to);
  checkWindow(
    '/accounts/registered_to',
    scope.accounts?.registered_from,
    scope.accounts?.registered_to,
  );
  checkWindow('/sources/to', scope.sources?.from, scope.sources?.to);
}

type End = string | null | undefined;

function checkWindow(pointer: string, from: End, to: End): void {
  if (typeof from !== 'string' || typeof to !== 'string') return;
  if (Date.parse(from) < Date.parse(to)) return;
  throw new CodedError({
    code: 'scope.window_backwards',
    category: 'invalid',
    message: "couldn't take the scope: a time window ends before it begins",
    detail: 'The end is exclusive and must be later than the beginning.',
    fields: [{ pointer, message: 'must be later than the beginning of the window' }],
  });
}
