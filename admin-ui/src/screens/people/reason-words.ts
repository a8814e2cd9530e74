// One row that led to a person, as a sentence; and the rows a person is made of, each once.
import type { Person, Reason } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { strengthWords, viaWords } from '../../words/person-words.ts';

/** `sourceTitle` puts the id of a source into words. */
export function reasonWords(
	reason: Pick<Reason, 'source' | 'row' | 'via' | 'strength'>,
	sourceTitle: (id: string) => string,
): string {
	return sprintf(
		/* translators: 1: row of a source, 2: how it was tied to the person, 3: how sure that is */
		__('%1$s: %2$s (%3$s)', 'tocsin'),
		rowWords(reason, sourceTitle),
		viaWords(reason.via),
		strengthWords(reason.strength),
	);
}

export function rowWords(
	row: Pick<Reason, 'source' | 'row'>,
	sourceTitle: (id: string) => string,
): string {
	return row.row === 0 || row.row === ''
		? sourceTitle(row.source)
		: sprintf(
				/* translators: 1: source, 2: number or key of the row */
				__('%1$s, number %2$s', 'tocsin'),
				sourceTitle(row.source),
				String(row.row),
			);
}

export type RowOfPerson = Pick<Reason, 'source' | 'row'> & { key: string };

/** A row can name a person in several roles; it is still one row to split off. */
export function rowsOfPerson(person: Pick<Person, 'reasons'>): RowOfPerson[] {
	const rows = new Map<string, RowOfPerson>();
	for (const { source, row } of person.reasons) {
		const key = JSON.stringify([source, row]);
		rows.set(key, { source, row, key });
	}
	return [...rows.values()];
}
