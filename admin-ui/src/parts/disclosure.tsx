// Something that can be opened, under a button that says so.
import { useId, useState, type ReactNode } from 'react';

export function Disclosure(given: { label: string; isOpenAtFirst?: boolean; children: ReactNode }) {
	const id = useId();
	const [isOpen, setOpen] = useState(given.isOpenAtFirst ?? false);
	return (
		<div className="tocsin-disclosure">
			<button
				type="button"
				className="tocsin-link"
				aria-expanded={isOpen}
				aria-controls={id}
				onClick={() => {
					setOpen(!isOpen);
				}}
			>
				{given.label}
			</button>
			<div id={id} hidden={!isOpen}>
				{isOpen ? given.children : null}
			</div>
		</div>
	);
}
