// The reason of a decision about who is one human: asked everywhere in the same words.
import { __ } from '@wordpress/i18n';
import { TextAreaField } from '../../fields/text-field.tsx';

export const shortestReason = 3;

export function DecisionReason(given: {
	id: string;
	value: string;
	error: string | undefined;
	onChange: (reason: string) => void;
}) {
	return (
		<TextAreaField
			{...given}
			label={__('Why', 'tocsin')}
			rows={2}
			help={__(
				'Kept with your name. A keyed hash of it goes into the evidence log: no names or addresses here.',
				'tocsin',
			)}
		/>
	);
}

export function reasonError(reason: string): string | undefined {
	return reason.trim().length < shortestReason
		? __('Give a reason of at least three letters.', 'tocsin')
		: undefined;
}
