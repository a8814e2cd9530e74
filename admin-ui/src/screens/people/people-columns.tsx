// The columns of the people table.
import type { PersonRow } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from '../../fields/action-button.tsx';
import { useSite } from '../../state/site.tsx';
import type { Column } from '../../tables/paged-table.tsx';
import { contactabilityWords, countryWords } from '../../words/count-words.ts';
import { deliveryStates, deliveryWords } from '../../words/delivery-words.ts';
import { numberWords } from '../../words/number-words.ts';
import { personRoles, roleWords } from '../../words/person-words.ts';

const contactabilities = [
	'reachable',
	'no_address',
	'invalid_address',
	'erased',
	'bounced',
] as const;

export function personName(person: Pick<PersonRow, 'name' | 'number'>): string {
	return person.name.trim() === ''
		? /* translators: %d: number of a person */
			sprintf(__('Person %d (no name)', 'tocsin'), person.number)
		: person.name;
}

/** The outcome is a column once there is one. */
export function peopleColumns(given: {
	hasOutcome: boolean;
	onOpen: (number: number) => void;
}): Column<PersonRow>[] {
	return [
		{
			id: 'name',
			label: __('Person', 'tocsin'),
			render: (person) => (
				<span className="tocsin-incident-title">
					<bdi>{personName(person)}</bdi>
					<bdi className="tocsin-note">
						{person.email ?? __('no e-mail address', 'tocsin')}
					</bdi>
				</span>
			),
		},
		{
			id: 'country',
			width: 90,
			label: __('Country', 'tocsin'),
			render: (person) => <Country code={person.country} />,
		},
		{
			id: 'orders',
			width: 70,
			label: __('Orders', 'tocsin'),
			render: (person) => <Orders person={person} />,
		},
		{
			id: 'role',
			width: 100,
			label: __('Role', 'tocsin'),
			choices: personRoles.map((value) => ({ value, label: roleWords(value) })),
			render: (person) => person.roles.map(roleWords).join(', '),
		},
		{
			id: 'contactability',
			width: 90,
			label: __('Reachable', 'tocsin'),
			choices: contactabilities.map((value) => ({
				value,
				label: contactabilityWords(value),
			})),
			render: (person) => contactabilityWords(person.contactability),
		},
		...(given.hasOutcome ? [outcomeColumn()] : []),
		{
			id: 'why',
			width: 100,
			label: __('Why', 'tocsin'),
			render: (person) => (
				<ActionButton
					variant="link"
					onClick={() => {
						given.onOpen(person.number);
					}}
				>
					{__('Why is this person here?', 'tocsin')}
					<span className="tocsin-unseen"> {personName(person)}</span>
				</ActionButton>
			),
		},
	];
}

function outcomeColumn(): Column<PersonRow> {
	return {
		id: 'delivery_state',
		width: 80,
		label: __('Outcome', 'tocsin'),
		choices: deliveryStates.map((value) => ({ value, label: deliveryWords(value) })),
		render: (person) =>
			person.delivery_state === null ? '–' : deliveryWords(person.delivery_state),
	};
}

function Country({ code }: { code: string }) {
	const { locale } = useSite();
	return <>{countryWords(code, locale)}</>;
}

function Orders({ person }: { person: PersonRow }) {
	const { locale } = useSite();
	const kind = person.registered ? __('account', 'tocsin') : __('guest', 'tocsin');
	return (
		<>
			{numberWords(person.orders, locale)} ({kind})
		</>
	);
}
