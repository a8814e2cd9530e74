// What kind of rows a found place belongs to, by the names WordPress and WooCommerce give their tables.
import type { FoundPlace, SourcePlace } from '@tocsin/sidecar/contract';

export type MetaOwner = Extract<SourcePlace, { kind: 'meta' }>['of'];
export type PlaceKind = 'table' | 'meta' | 'pairs' | 'option';

export function bareTable(place: Pick<FoundPlace, 'prefix' | 'table'>): string {
	return place.prefix !== '' && place.table.startsWith(place.prefix)
		? place.table.slice(place.prefix.length)
		: place.table;
}

const metaTables: Readonly<Record<string, MetaOwner>> = {
	wc_orders_meta: 'order',
	usermeta: 'user',
	commentmeta: 'comment',
	woocommerce_order_itemmeta: 'order_item',
	woocommerce_payment_tokenmeta: 'payment_token',
	postmeta: 'post',
};

/** Orders of the old store are posts of these types; rows whose type is not known are more often theirs than a page's. */
const orderTypes = ['shop_order', 'shop_order_placehold', 'shop_order_refund', 'shop_subscription'];

export function metaOwner(place: Pick<FoundPlace, 'prefix' | 'table' | 'parent'>): MetaOwner {
	const owner = metaTables[bareTable(place)] ?? 'post';
	return owner === 'post' && (place.parent === undefined || orderTypes.includes(place.parent))
		? 'order'
		: owner;
}

/** The column with the type of a row, in the tables that keep several kinds of things. */
export function typeColumn(place: Pick<FoundPlace, 'prefix' | 'table'>): string {
	return { posts: 'post_type', comments: 'comment_type' }[bareTable(place)] ?? '';
}

export function placeKind(place: Pick<FoundPlace, 'prefix' | 'table' | 'key'>): PlaceKind {
	const table = bareTable(place);
	if (place.key === '') {
		return 'table';
	}
	return table === 'options' ? 'option' : table in metaTables ? 'meta' : 'pairs';
}

/** The key as a source names it: folded digits are any characters, the site's prefix is every site's. */
export function keyPattern(place: Pick<FoundPlace, 'prefix' | 'key'>): string {
	const key = place.key.replace(/#+/g, '*');
	return place.prefix.length > 1 && key.startsWith(place.prefix)
		? `{prefix}${key.slice(place.prefix.length)}`
		: key;
}

/**
 * Blind spots to map together with this one: columns of the same table, or keys of the same table that begin with the
 * same word, as those of one plugin do.
 */
export function mappedTogether(
	place: FoundPlace,
	places: readonly FoundPlace[],
): readonly FoundPlace[] {
	const others = places.filter(
		(other) =>
			other.id !== place.id &&
			other.state === 'blind_spot' &&
			other.table === place.table &&
			other.parent === place.parent &&
			(place.key === '' ? other.key === '' : firstWord(other.key) === firstWord(place.key)),
	);
	return [place, ...others];
}

function firstWord(key: string): string {
	return /^_*[^_-]+/.exec(key)?.[0] ?? key;
}
