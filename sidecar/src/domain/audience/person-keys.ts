// Who a row belongs to: the person rule.
//
// 1. A row with the id of an existing user belongs to the account person `user:<id>`. The id of a deleted user is no id.
//    A payer, a gift recipient or a shipping contact is a person of his own all the same, unless the addresses match.
// 2. A guest row with the folded address e belongs to the account whose own e-mail folds to e (the lowest user id, should
//    there be several), else to the one account that alone has used e for billing (in its address book or its orders),
//    else to the guest person of e.
// 3. A row without user and address belongs to whom the other copy of the same order belongs to, else to a person of its
//    own, `order:<id>`. Where the two copies of an order name different addresses and neither leads to an
//    account, both belong to the person of the copy that WooCommerce reads from: one order is one person, told once.
// 4. Two accounts never become one through a billing address or a gateway's customer id.
// 5. People beside whom one customer id of a gateway stands become one, unless their data conflicts: two accounts, or two
//    different names. Then they are a hint for a reviewer.
// 6. Last, people whose chosen address folds to the same become one, so that no address is mailed twice. The account with
//    the lowest user id keeps the place; its rows stay `account` or `same_account`, the others' become `same_address`.
// 7. A reviewer's word stands above all of these.

/** Terms of persons before they are made blind. A guest's is the term of the address itself, see `addressTerm`. */
export const accountTerm = (userId: number): string => `person:user:${userId}`;
export const orderTerm = (orderId: number): string => `person:order:${orderId}`;

/** Terms people are searched by. */
export const addressTerm = (folded: string): string => `email:${folded}`;
export const orderNumberTerm = (orderId: number): string => `order:${orderId}`;
