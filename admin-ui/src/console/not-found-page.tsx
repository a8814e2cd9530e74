// An address of the console that leads nowhere.
import { __ } from '@wordpress/i18n';
import { ConsoleLink } from './console-link.tsx';
import { PageHeading } from './page-heading.tsx';

export function NotFoundPage() {
	return (
		<>
			<PageHeading title={__('This page does not exist', 'tocsin')} />
			<ConsoleLink to={{ page: 'home' }}>{__('See what waits', 'tocsin')}</ConsoleLink>
		</>
	);
}
