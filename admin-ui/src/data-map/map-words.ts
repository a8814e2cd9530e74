// The data map in words: states, changes, ways of writing and linking, and a source of one's own as plain sentences.
import type {
	DataMapPage,
	FieldPart,
	FoundPlace,
	ScanChange,
	Source,
} from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { dataClassWords } from '../words/data-class-words.ts';
import { roleWords } from '../words/person-words.ts';
import type { LinkKind, MapForm } from './map-form.ts';
import type { StepChoice } from './propose-fields.ts';

export function placeStateWords(state: FoundPlace['state']): string {
	const words: Record<FoundPlace['state'], string> = {
		mapped: __('Mapped', 'tocsin'),
		ignored: __('Ignored', 'tocsin'),
		blind_spot: __('Blind spot', 'tocsin'),
	};
	return words[state];
}

/** Table, column and key, as one looks for them in the database. */
export function placeWords(place: Pick<FoundPlace, 'table' | 'column' | 'key' | 'parent'>): string {
	const column = `${place.table}.${place.column}`;
	const named = place.key === '' ? column : `${column} [${place.key}]`;
	return place.parent === undefined || place.parent === ''
		? named
		: /* translators: 1: table, column and key, 2: type of the rows, such as shop_order */
			sprintf(__('%1$s, rows of type %2$s', 'tocsin'), named, place.parent);
}

export function encodingWords(encoding: string): string {
	const words: Record<string, string> = {
		plain: __('plain text', 'tocsin'),
		php: __('serialized PHP', 'tocsin'),
		json: 'JSON',
		slashed_json: __('JSON with slashes', 'tocsin'),
		base64: 'base64',
		joined: __('several values in one text', 'tocsin'),
		ip_binary: __('IP address in bytes', 'tocsin'),
		encrypted: __('encrypted', 'tocsin'),
	};
	return encoding
		.split('>')
		.map((step) =>
			step.startsWith('decrypt:')
				? /* translators: %s: name of a decryptor of the configuration */
					sprintf(__('encrypted (%s)', 'tocsin'), step.slice('decrypt:'.length))
				: (words[step] ?? step),
		)
		.join(__(', inside it ', 'tocsin'));
}

export function foundByWords(foundBy: string): string {
	const words: Record<string, string> = {
		known_source: __('known software', 'tocsin'),
		key: __('its name', 'tocsin'),
		value: __('its values', 'tocsin'),
		encrypted: __('encrypted values beside people', 'tocsin'),
		unlinked_text: __('text beside people', 'tocsin'),
	};
	return words[foundBy] ?? foundBy;
}

export function changeWords(kind: ScanChange['kind']): string {
	const words: Record<ScanChange['kind'], string> = {
		new_blind_spot: __('New blind spot', 'tocsin'),
		new_place: __('New place', 'tocsin'),
		gone: __('Gone', 'tocsin'),
		now_mapped: __('Mapped now', 'tocsin'),
		classes_changed: __('Holds other data now', 'tocsin'),
	};
	return words[kind];
}

export function linkKindWords(kind: LinkKind): string {
	const words: Record<LinkKind, string> = {
		none: __('Nothing but the addresses in it', 'tocsin'),
		user_id: __('A user number', 'tocsin'),
		order_id: __('An order number', 'tocsin'),
		order_text: __('An order number inside text', 'tocsin'),
		customer_id: __('A customer number of WooCommerce’s analytics', 'tocsin'),
		session_key: __('A session key', 'tocsin'),
	};
	return words[kind];
}

export function partWords(part: FieldPart): string {
	const words: Record<FieldPart, string> = {
		email: __('E-mail address', 'tocsin'),
		full_name: __('Whole name', 'tocsin'),
		first_name: __('First name', 'tocsin'),
		last_name: __('Last name', 'tocsin'),
		company: __('Company', 'tocsin'),
		line1: __('Street and number', 'tocsin'),
		line2: __('Second line of the address', 'tocsin'),
		city: __('City', 'tocsin'),
		state: __('State or region', 'tocsin'),
		postcode: __('Postcode', 'tocsin'),
		country: __('Country', 'tocsin'),
		phone: __('Phone number', 'tocsin'),
		ip_address: __('IP address', 'tocsin'),
		gateway_id: __('Customer number of the payment provider', 'tocsin'),
		user_id: __('User number', 'tocsin'),
		order_id: __('Order number', 'tocsin'),
		holds: __('Not read: only known to be there', 'tocsin'),
	};
	return words[part];
}

export function yieldsWords(yields: string): string {
	const words: Readonly<Record<string, string>> = {
		people: __('Its rows name people, also some who stand nowhere else', 'tocsin'),
		classes: __('It adds data to people who are found elsewhere', 'tocsin'),
		staff: __('It concerns the shop’s own people', 'tocsin'),
		none: __('It is known now, and names nobody', 'tocsin'),
	} satisfies Record<Source['yields'], string>;
	return words[yields] ?? yields;
}

/** What will be sent, as sentences a person can check. */
export function previewWords(form: MapForm): string[] {
	const sentences: string[] = [
		sprintf(
			/* translators: 1: title of a source, 2: table, 3: what it is read for */
			__('“%1$s” in %2$s. %3$s.', 'tocsin'),
			form.title.trim() === '' ? __('No title yet', 'tocsin') : form.title.trim(),
			form.table,
			yieldsWords(form.yields),
		),
	];
	if (form.yields === 'people' || form.yields === 'classes') {
		/* translators: %s: role of a person, such as "Buyer" */
		sentences.push(sprintf(__('Role of the person: %s.', 'tocsin'), roleWords(form.role)));
	}
	if (form.linkKind !== 'none' && form.linkColumn.trim() !== '') {
		sentences.push(
			sprintf(
				/* translators: 1: kind of link, such as "An order number inside text", 2: name of a column */
				__('A row leads to its person by: %1$s, in the column %2$s.', 'tocsin'),
				linkKindWords(form.linkKind).toLocaleLowerCase(),
				form.linkColumn.trim(),
			),
		);
	}
	for (const value of form.values) {
		for (const field of value.fields) {
			const path = field.path.trim();
			sentences.push(
				sprintf(
					/* translators: 1: column and path, 2: what the value is, 3: how it is written, 4: kinds of data */
					__('%1$s: %2$s. Written as %3$s. Kinds of data: %4$s.', 'tocsin'),
					path === '' ? value.name : `${value.name} → ${path}`,
					partWords(field.part).toLocaleLowerCase(),
					value.steps.length === 0 ? encodingWords('plain') : stepsWords(value.steps),
					field.classes.length === 0
						? __('none', 'tocsin')
						: field.classes.map(dataClassWords).join(', '),
				),
			);
		}
	}
	return sentences;
}

function stepsWords(steps: readonly StepChoice[]): string {
	return encodingWords(steps.join('>'));
}

/** Families of the known sources, each with how many of its places are in this store. */
export function presentWords(source: DataMapPage['sources'][number]): string {
	return source.present ? __('In this store', 'tocsin') : __('Not in this store', 'tocsin');
}
