// A button of the components package in the look all supported versions share.
import { Button } from '@wordpress/components';
import type { ReactNode } from 'react';

export function ActionButton(given: {
	children: ReactNode;
	onClick?: () => void;
	variant?: 'primary' | 'secondary' | 'tertiary' | 'link';
	type?: 'button' | 'submit';
	running?: boolean;
	isDestructive?: boolean;
	expanded?: boolean;
}) {
	const {
		children,
		running = false,
		variant = 'secondary',
		type = 'button',
		expanded,
		...rest
	} = given;
	return (
		<Button
			__next40pxDefaultSize
			{...rest}
			type={type}
			variant={variant}
			isBusy={running}
			accessibleWhenDisabled
			disabled={running}
			{...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
		>
			{children}
		</Button>
	);
}

/** A link that looks like a button, for another screen. */
export function ActionLink(given: {
	children: ReactNode;
	href: string;
	variant?: 'primary' | 'secondary' | 'link';
	/** Opens a new tab that cannot reach back into this one. */
	newTab?: boolean;
}) {
	const { children, href, variant = 'secondary', newTab = false } = given;
	return (
		<Button
			__next40pxDefaultSize
			href={href}
			variant={variant}
			{...(newTab ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
		>
			{children}
		</Button>
	);
}
