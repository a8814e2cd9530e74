// How the data leaked, as plain sentences under the question each answers.
import { __ } from '@wordpress/i18n';
import { useId } from 'react';
import type { Preset } from '../../scope/presets.ts';
import { presetGroups, presetHelp, presetWords } from '../../scope/scope-words.ts';

export function PresetChoice(given: { chosen: Preset; onChange: (preset: Preset) => void }) {
	const base = useId();
	return (
		<fieldset className="tocsin-presets">
			<legend>{__('Whose data leaked', 'tocsin')}</legend>
			{presetGroups().map((group, at) => (
				<div key={group.title} role="group" aria-labelledby={`${base}-group-${at}`}>
					<p id={`${base}-group-${at}`} className="tocsin-label">
						{group.title}
					</p>
					{group.presets.map((preset) => (
						<div key={preset} className="tocsin-presets__choice">
							<input
								type="radio"
								id={`${base}-${preset}`}
								name={base}
								value={preset}
								checked={given.chosen === preset}
								aria-describedby={`${base}-${preset}-help`}
								onChange={() => {
									given.onChange(preset);
								}}
							/>
							<label htmlFor={`${base}-${preset}`}>{presetWords(preset)}</label>
							<p id={`${base}-${preset}-help`} className="tocsin-note">
								{presetHelp(preset)}
							</p>
						</div>
					))}
				</div>
			))}
		</fieldset>
	);
}
