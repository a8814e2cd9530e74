// Whether a row of a source leads to a person, and whether its link fits its place.
import type { FieldPart, Source, SourcePlace } from '../../contract/data-map.ts';
import type { SourceFault } from './check-source.ts';

/** Values by which a person is found or could be written to. */
const CONTACT: readonly FieldPart[] = [
  'email',
  'phone',
  'line1',
  'user_id',
  'order_id',
  'gateway_id',
];

/** Key/value rows whose owner names a person by itself. */
const OWNED: readonly string[] = ['order', 'user', 'comment', 'order_item', 'payment_token'];

export function leadsToPerson({ place, link, fields }: Source): boolean {
  if (place.kind === 'meta' && OWNED.includes(place.of)) return true;
  const { via, ...columns } = link;
  const byRow = Object.values(columns).some((column) => column !== undefined);
  const byOther = via !== undefined && [via.user_id, via.order_id, via.email].some(Boolean);
  return byRow || byOther || fields.some(({ part }) => CONTACT.includes(part));
}

export function linkFaults({ place, link, date }: Source): SourceFault[] {
  const faults: SourceFault[] = [];
  const { via, ...columns } = link;
  if (!hasColumns(place)) {
    for (const name of Object.keys(columns)) {
      faults.push({
        pointer: `/link/${name}`,
        message: `a place of the kind ${place.kind} has no columns to link by`,
      });
    }
    if (date !== null) {
      faults.push({
        pointer: '/date',
        message: `a place of the kind ${place.kind} has no date column`,
      });
    }
  }
  if (via !== undefined && place.kind !== 'table' && place.kind !== 'pairs') {
    faults.push({
      pointer: '/link/via',
      message: 'only rows of tables name a person through another row',
    });
  }
  if (via !== undefined && ![via.user_id, via.order_id, via.email, via.date].some(Boolean)) {
    faults.push({
      pointer: '/link/via',
      message: 'name the column with the user id, order id, address or date',
    });
  }
  if (place.kind === 'pairs' && via !== undefined && via.column !== place.owner) {
    faults.push({
      pointer: '/link/via/column',
      message: `of key/value rows it is the owner, ${place.owner}`,
    });
  }
  return faults;
}

/** Rows with columns of their own; of posts and comments those of the row they belong to. */
function hasColumns(place: SourcePlace): boolean {
  return (
    place.kind === 'table' ||
    (place.kind === 'meta' && (place.of === 'post' || place.of === 'comment'))
  );
}
