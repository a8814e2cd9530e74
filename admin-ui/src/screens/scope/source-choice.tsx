// Choosing places of the data map, by the software that writes them: those of this store first, the others folded.
import { CheckboxControl, SearchControl } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { noMargin } from '../../fields/newer-look.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import type { SourceFact } from '../../scope/presets.ts';
import {
	sourceChoices,
	toggled,
	unknownIds,
	type FamilyChoice,
} from '../../scope/source-choices.ts';

type Given = {
	id: string;
	legend: string;
	help?: string;
	known: readonly SourceFact[];
	/** Kinds of software to offer; all without it. */
	kinds?: readonly string[];
	chosen: readonly string[];
	error?: string | undefined;
	onChange: (chosen: string[]) => void;
};

/** Fewer need no search. */
const manyFamilies = 6;

export function SourceChoice(given: Given) {
	const noteId = useId();
	const [search, setSearch] = useState('');
	const limits = given.kinds === undefined ? {} : { kinds: given.kinds };
	const all = sourceChoices(given.known, limits);
	const families = sourceChoices(given.known, { ...limits, search });
	const here = families.filter((family) => family.present);
	const elsewhere = families.filter((family) => !family.present);
	const lost = unknownIds(given.known, given.chosen);
	return (
		<fieldset className="tocsin-sources" id={given.id} tabIndex={-1} aria-describedby={noteId}>
			<legend>{given.legend}</legend>
			<p id={noteId} className="tocsin-note">
				{given.error === undefined ? null : (
					<span className="tocsin-field-error">{given.error} </span>
				)}
				{given.help}
			</p>
			{all.length > manyFamilies ? (
				<SearchControl
					__nextHasNoMarginBottom
					hideLabelFromVision={false}
					label={__('Search places', 'tocsin')}
					placeholder=""
					value={search}
					onChange={setSearch}
				/>
			) : null}
			{here.length === 0 ? (
				<p>
					{search === ''
						? __('No known place of this kind is in this store.', 'tocsin')
						: __('No place of this store fits.', 'tocsin')}
				</p>
			) : (
				<Families families={here} given={given} />
			)}
			{elsewhere.length === 0 ? null : (
				<Disclosure
					label={sprintf(
						/* translators: %d: number of plugins */
						_n(
							'%d known plugin that left nothing in this store',
							'%d known plugins that left nothing in this store',
							elsewhere.length,
							'tocsin',
						),
						elsewhere.length,
					)}
				>
					<Families families={elsewhere} given={given} />
				</Disclosure>
			)}
			{lost.map((id) => (
				<CheckboxControl
					key={id}
					{...noMargin}
					/* translators: %s: id of a source */
					label={sprintf(__('%s (not in the data map any more)', 'tocsin'), id)}
					checked
					onChange={() => {
						given.onChange(toggled(given.chosen, id, false));
					}}
				/>
			))}
		</fieldset>
	);
}

function Families({ families, given }: { families: readonly FamilyChoice[]; given: Given }) {
	return (
		<ul className="tocsin-sources__families">
			{families.map((family) => (
				<li key={family.id}>
					<Family family={family} given={given} />
				</li>
			))}
		</ul>
	);
}

function Family({ family, given }: { family: FamilyChoice; given: Given }) {
	const isWhole = given.chosen.includes(family.id);
	const inside = family.sources.filter((source) => given.chosen.includes(source.id));
	return (
		<>
			<CheckboxControl
				{...noMargin}
				label={family.title}
				checked={isWhole}
				onChange={(on) => {
					given.onChange(toggled(given.chosen, family.id, on, family));
				}}
			/>
			<Disclosure
				label={
					inside.length === 0 || isWhole
						? sprintf(
								/* translators: 1: number of places, 2: name of a plugin */
								_n(
									'%1$d place of %2$s',
									'%1$d places of %2$s',
									family.sources.length,
									'tocsin',
								),
								family.sources.length,
								family.title,
							)
						: sprintf(
								/* translators: 1: chosen places, 2: all places, 3: name of a plugin */
								__('%1$d of %2$d places of %3$s', 'tocsin'),
								inside.length,
								family.sources.length,
								family.title,
							)
				}
				isOpenAtFirst={inside.length > 0}
			>
				<ul className="tocsin-sources__families">
					{family.sources.map((source) => (
						<li key={source.id}>
							<CheckboxControl
								{...noMargin}
								label={
									source.present
										? source.title
										: /* translators: %s: title of a source */
											sprintf(
												__('%s (not in this store)', 'tocsin'),
												source.title,
											)
								}
								disabled={isWhole}
								checked={isWhole || given.chosen.includes(source.id)}
								onChange={(on) => {
									given.onChange(toggled(given.chosen, source.id, on));
								}}
							/>
						</li>
					))}
				</ul>
			</Disclosure>
		</>
	);
}
