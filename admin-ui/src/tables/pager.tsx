// The pages of a list: which lines are shown of how many, and the way to the next ones.
import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from '../fields/action-button.tsx';
import { useSite } from '../state/site.tsx';
import type { PagedList } from '../state/use-paged-list.ts';
import { numberWords } from '../words/number-words.ts';

export function Pager<T>(given: {
	/** Name of the list. */
	caption: string;
	list: PagedList<T>;
	/** Counts a line, such as "%s incidents". */
	countWords: (count: number, text: string) => string;
}) {
	const { list, caption, countWords } = given;
	const { locale } = useSite();
	const page = list.page.data;
	if (page === null || page.total === 0) {
		return null;
	}
	const first = list.pageNumber * list.query.limit + 1;
	const last = first + page.items.length - 1;
	const number = (count: number) => numberWords(count, locale);
	return (
		<nav
			className="tocsin-pager"
			/* translators: %s: name of the table */
			aria-label={sprintf(__('Pages: %s', 'tocsin'), caption)}
		>
			<span role="status">
				{page.items.length === 0
					? countWords(page.total, number(page.total))
					: sprintf(
							/* translators: 1: first line, 2: last line, 3: all, such as "40 incidents" */
							__('%1$s to %2$s of %3$s', 'tocsin'),
							number(first),
							number(last),
							countWords(page.total, number(page.total)),
						)}
			</span>
			{list.previous === null ? null : (
				<ActionButton onClick={list.previous}>{__('Previous page', 'tocsin')}</ActionButton>
			)}
			{list.next === null ? null : (
				<ActionButton onClick={list.next}>{__('Next page', 'tocsin')}</ActionButton>
			)}
		</nav>
	);
}
