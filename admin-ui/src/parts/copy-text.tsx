// Text to copy: a command, a hash. Where the clipboard is not allowed the text can still be selected.
import { __ } from '@wordpress/i18n';
import { useState } from 'react';

export function CopyText({ text, name }: { text: string; name: string }) {
	const [outcome, setOutcome] = useState('');
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(text);
			setOutcome(__('Copied', 'tocsin'));
		} catch {
			setOutcome(__('Could not copy: select the text instead', 'tocsin'));
		}
	};
	return (
		<div className="tocsin-copy">
			<pre tabIndex={0} role="region" aria-label={name}>
				{text}
			</pre>
			<button type="button" className="button" onClick={() => void copy()}>
				{__('Copy', 'tocsin')}
				<span className="tocsin-unseen"> {name}</span>
			</button>
			<span role="status">{outcome}</span>
		</div>
	);
}
