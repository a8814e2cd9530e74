// People named one by one: added whatever the filters say, or left out in the end.
import { __ } from '@wordpress/i18n';
import { TextAreaField } from '../../fields/text-field.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import type { ScopeForm } from '../../scope/scope-form.ts';
import { errorOf, type ScopePartGiven } from './scope-given.ts';

type ListField =
	| 'includeEmails'
	| 'includeOrders'
	| 'includeUsers'
	| 'excludeEmails'
	| 'excludeOrders'
	| 'excludeUsers';

/** `isMain`: the lists are the scope itself; else they correct it. */
export function ScopeLists(given: ScopePartGiven & { isMain: boolean }) {
	const { form, isMain } = given;
	const list = (field: ListField, label: string) => (
		<ListText key={field} given={given} field={field} label={label} />
	);
	const include = [
		list('includeEmails', __('E-mail addresses to include', 'tocsin')),
		list('includeOrders', __('Order numbers to include', 'tocsin')),
		list('includeUsers', __('User numbers to include', 'tocsin')),
	];
	if (isMain) {
		return (
			<>
				<p className="tocsin-note">
					{__('One on each line, or separated by commas or spaces.', 'tocsin')}
				</p>
				{include}
			</>
		);
	}
	return (
		<Disclosure
			label={
				form.preset === 'list'
					? __('Leave out certain people', 'tocsin')
					: __('Include or leave out certain people', 'tocsin')
			}
			isOpenAtFirst={hasLists(form)}
		>
			<p className="tocsin-note">
				{__(
					'Included people are added whatever is chosen above. Left out wins over everything.',
					'tocsin',
				)}
			</p>
			{form.preset === 'list' ? null : include}
			{list('excludeEmails', __('E-mail addresses to leave out', 'tocsin'))}
			{list('excludeOrders', __('Order numbers to leave out', 'tocsin'))}
			{list('excludeUsers', __('User numbers to leave out', 'tocsin'))}
		</Disclosure>
	);
}

function hasLists(form: ScopeForm): boolean {
	const exclude = form.excludeEmails + form.excludeOrders + form.excludeUsers;
	const include = form.includeEmails + form.includeOrders + form.includeUsers;
	return (form.preset === 'list' ? exclude : exclude + include) !== '';
}

function ListText(props: { given: ScopePartGiven; field: ListField; label: string }) {
	const { given, field, label } = props;
	return (
		<TextAreaField
			id={`${given.base}-${field}`}
			label={label}
			rows={3}
			value={given.form[field]}
			error={errorOf(given.errors, field)}
			onChange={(value) => {
				given.onChange({ ...given.form, [field]: value });
			}}
		/>
	);
}
