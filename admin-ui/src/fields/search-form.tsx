// A search that asks only when told to: each one is a look at somebody's data and leaves a trace.
import { SearchControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useState } from 'react';
import { ActionButton } from './action-button.tsx';

export function SearchForm(given: {
	label: string;
	value: string;
	onSearch: (text: string) => void;
}) {
	const [text, setText] = useState(given.value);
	return (
		<form
			className="tocsin-search"
			role="search"
			onSubmit={(event) => {
				event.preventDefault();
				given.onSearch(text.trim());
			}}
		>
			<SearchControl
				__nextHasNoMarginBottom
				hideLabelFromVision={false}
				label={given.label}
				placeholder=""
				value={text}
				onChange={(value) => {
					setText(value);
					if (value === '') {
						given.onSearch('');
					}
				}}
			/>
			<ActionButton type="submit">{__('Search', 'tocsin')}</ActionButton>
		</form>
	);
}
