// Personal data behind a button: nothing is asked for before the reader wants to see it, since looking leaves a trace.
import { __ } from '@wordpress/i18n';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../fields/action-button.tsx';

export function LookFirst(given: {
	/** Of the button, such as "Show the people". */
	label: string;
	children: ReactNode;
}) {
	const [isLooking, setLooking] = useState(false);
	return (
		<>
			<p className="tocsin-note">
				{__(
					'This shows personal data. That you looked is kept in the evidence log, with your name.',
					'tocsin',
				)}
			</p>
			{isLooking ? (
				given.children
			) : (
				<ActionButton
					onClick={() => {
						setLooking(true);
					}}
				>
					{given.label}
				</ActionButton>
			)}
		</>
	);
}
