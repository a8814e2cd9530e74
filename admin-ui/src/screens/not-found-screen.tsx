// An address that leads nowhere.
import { __ } from '@wordpress/i18n';
import { routeHref } from '../routing/route.ts';
import { ScreenHeading } from './screen-heading.tsx';

export function NotFoundScreen() {
	return (
		<>
			<ScreenHeading title={__('This page does not exist', 'tocsin')} />
			<p>
				<a href={routeHref({ screen: 'incidents' })}>
					{__('Go to the incidents', 'tocsin')}
				</a>
			</p>
		</>
	);
}
