// How a value is opened: steps one after the other, the outermost first.
import { __, sprintf } from '@wordpress/i18n';
import { encodingWords } from '../../data-map/map-words.ts';
import { unknownDecryptor, type StepChoice } from '../../data-map/propose-fields.ts';
import { SelectField } from '../../fields/select-field.tsx';

const mostSteps = 5;
const simple: readonly StepChoice[] = [
	'php',
	'json',
	'slashed_json',
	'base64',
	'joined',
	'ip_binary',
];

export function EncodingSteps(given: {
	base: string;
	/** Of the column or key. */
	name: string;
	steps: readonly StepChoice[];
	decryptors: readonly string[];
	error: string | undefined;
	onChange: (steps: StepChoice[]) => void;
}) {
	const { steps } = given;
	/** Empty is no step. */
	const shown: readonly string[] = steps.length < mostSteps ? [...steps, ''] : [...steps];
	const change = (at: number, step: string) => {
		given.onChange([
			...steps.slice(0, at),
			...(step === '' ? [] : [step]),
			...steps.slice(at + 1),
		]);
	};
	return (
		<div className="tocsin-pair">
			{steps.includes(unknownDecryptor) && given.decryptors.length === 0 ? (
				<p className="tocsin-note">
					{__(
						'The values are encrypted, and the sidecar’s configuration has no decryptor. Add one there and come back, or choose plain text: the value is then only known to be there.',
						'tocsin',
					)}
				</p>
			) : null}
			{shown.map((step, at) => (
				<SelectField
					// Steps have no identity but their place in the order.
					key={`${given.base}-${String(at)}`}
					id={`${given.base}-${String(at)}`}
					label={
						at === 0
							? __('Written as', 'tocsin')
							: /* translators: %d: number of a step */
								sprintf(__('Inside it, step %d', 'tocsin'), at + 1)
					}
					value={step}
					error={at === 0 ? given.error : undefined}
					options={[
						{
							value: '',
							label: at === 0 ? encodingWords('plain') : __('nothing more', 'tocsin'),
						},
						...simple.map((value) => ({ value, label: encodingWords(value) })),
						...given.decryptors.map((name) => ({
							value: `decrypt:${name}` as const,
							label: encodingWords(`decrypt:${name}`),
						})),
						...(step === unknownDecryptor
							? [
									{
										value: unknownDecryptor,
										label: __('encrypted: choose a decryptor', 'tocsin'),
									},
								]
							: []),
					]}
					onChange={(next) => {
						change(at, next);
					}}
				/>
			))}
		</div>
	);
}
