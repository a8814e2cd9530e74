// A leaked file or the log of a server: pasted or chosen here, read in the browser, kept only as addresses and numbers.
import { __, _n, sprintf } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { ActionButton } from '../../fields/action-button.tsx';
import { TextAreaField } from '../../fields/text-field.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { readExport, type ExportReading } from '../../scope/read-export.ts';
import { textOfBytes } from '../../scope/read-text-file.ts';
import { entriesOf } from '../../scope/typed-lists.ts';
import { useSite } from '../../state/site.tsx';
import { numberWords } from '../../words/number-words.ts';
import { errorOf, type ScopePartGiven } from './scope-given.ts';

/** 50,000 lines of a wide export are about 20 MB. */
const largestFile = 50_000_000;

export function ScopeImport(given: ScopePartGiven) {
	const { base, form, errors, onChange } = given;
	const fileId = useId();
	const [pasted, setPasted] = useState('');
	const [reading, setReading] = useState<ExportReading | null>(null);
	const [problem, setProblem] = useState('');
	const take = (text: string) => {
		const found = readExport(text);
		setProblem('');
		setReading(found);
		onChange({
			...form,
			includeEmails: joined(form.includeEmails, found.emails),
			includeOrders: joined(form.includeOrders, found.orders),
		});
	};
	const choose = async (file: File | undefined) => {
		if (file === undefined) {
			return;
		}
		if (file.size > largestFile) {
			setReading(null);
			setProblem(__('This file is larger than 50 MB. Cut it into parts.', 'tocsin'));
			return;
		}
		take(textOfBytes(new Uint8Array(await file.arrayBuffer())));
	};
	return (
		<div className="tocsin-import" id={`${base}-includeEmails`} tabIndex={-1}>
			<div>
				<label htmlFor={fileId} className="tocsin-import__label">
					{form.preset === 'api_key_reads'
						? __('File with the order numbers', 'tocsin')
						: __('The file that leaked', 'tocsin')}
				</label>
				<p className="tocsin-note" id={`${fileId}-help`}>
					{__(
						'CSV or text with e-mail addresses or order numbers. It is read in this browser; only addresses and numbers are kept.',
						'tocsin',
					)}
				</p>
				<input
					type="file"
					id={fileId}
					accept=".csv,.tsv,.txt,.log,text/csv,text/plain"
					aria-describedby={`${fileId}-help`}
					onChange={(event) => {
						void choose(event.target.files?.[0]);
					}}
				/>
			</div>
			<TextAreaField
				id={`${fileId}-paste`}
				label={__('Or paste the lines', 'tocsin')}
				value={pasted}
				onChange={setPasted}
			/>
			<div className="tocsin-buttons">
				<ActionButton
					onClick={() => {
						take(pasted);
						setPasted('');
					}}
				>
					{__('Read the pasted lines', 'tocsin')}
				</ActionButton>
			</div>
			<p role="status">
				{errorOf(errors, 'includeEmails') === undefined ? null : (
					<span className="tocsin-field-error">{errorOf(errors, 'includeEmails')} </span>
				)}
				{problem === '' ? null : <span className="tocsin-field-error">{problem}</span>}
				{reading === null ? null : <ReadWords reading={reading} />}
			</p>
			{reading === null || reading.bad.length === 0 ? null : <BadLines reading={reading} />}
			<Taken {...given} />
		</div>
	);
}

function joined(before: string, added: readonly string[]): string {
	const all = [...entriesOf(before).map((entry) => entry.text), ...added];
	return [...new Set(all)].join('\n');
}

function ReadWords({ reading }: { reading: ExportReading }) {
	const { locale } = useSite();
	const number = (count: number) => numberWords(count, locale);
	return (
		<>
			{sprintf(
				/* translators: 1: lines, 2: addresses, 3: order numbers */
				__(
					'Lines: %1$s. Addresses: %2$s. Order numbers: %3$s. Doubles are left out.',
					'tocsin',
				),
				number(reading.lines),
				number(reading.emails.length),
				number(reading.orders.length),
			)}
		</>
	);
}

const mostShown = 50;

function BadLines({ reading }: { reading: ExportReading }) {
	const { bad } = reading;
	return (
		<div className="tocsin-box is-warning">
			<p>
				<strong>
					{sprintf(
						/* translators: %d: number of lines */
						_n(
							'%d line could not be read. Correct it in the file, or add the person below.',
							'%d lines could not be read. Correct them in the file, or add the people below.',
							bad.length,
							'tocsin',
						),
						bad.length,
					)}
				</strong>
			</p>
			<ul>
				{bad.slice(0, mostShown).map((line) => (
					<li key={line.line}>
						{/* translators: %d: number of a line */}
						{sprintf(__('Line %d:', 'tocsin'), line.line)} <bdi>{line.text}</bdi>
					</li>
				))}
			</ul>
			{bad.length > mostShown ? (
				<p>
					{/* translators: %d: number of further lines */}
					{sprintf(__('and %d more', 'tocsin'), bad.length - mostShown)}
				</p>
			) : null}
		</div>
	);
}

function Taken({ base, form, errors, onChange }: ScopePartGiven) {
	const { locale } = useSite();
	const emails = entriesOf(form.includeEmails).length;
	const orders = entriesOf(form.includeOrders).length;
	if (emails + orders === 0) {
		return null;
	}
	return (
		<Disclosure
			label={sprintf(
				/* translators: 1: addresses, 2: order numbers */
				__('In this scope: addresses %1$s, order numbers %2$s', 'tocsin'),
				numberWords(emails, locale),
				numberWords(orders, locale),
			)}
			isOpenAtFirst={errorOf(errors, 'includeOrders') !== undefined}
		>
			<TextAreaField
				id={`${base}-takenEmails`}
				label={__('E-mail addresses to include', 'tocsin')}
				value={form.includeEmails}
				onChange={(includeEmails) => {
					onChange({ ...form, includeEmails });
				}}
			/>
			<TextAreaField
				id={`${base}-includeOrders`}
				label={__('Order numbers to include', 'tocsin')}
				value={form.includeOrders}
				error={errorOf(errors, 'includeOrders')}
				onChange={(includeOrders) => {
					onChange({ ...form, includeOrders });
				}}
			/>
		</Disclosure>
	);
}
