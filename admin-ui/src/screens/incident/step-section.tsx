// One step of the job: a heading that opens and folds it, and, folded, its result in one line.
import { useEffect, useRef, type ReactNode } from 'react';
import type { Step } from '../../routing/route.ts';

export type StepState = 'done' | 'current' | 'later';

export function StepSection(given: {
	id: string;
	step: Step;
	title: string;
	state: StepState;
	/** The result, or what it waits for. */
	summary: string;
	isOpen: boolean;
	onToggle: () => void;
	/** Changes when the reader was sent here. */
	calledAt: number;
	children: ReactNode;
}) {
	const { id, isOpen, calledAt } = given;
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (calledAt > 0) {
			button.current?.focus({ preventScroll: true });
			const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
			button.current?.scrollIntoView({
				block: 'start',
				behavior: isCalm ? 'auto' : 'smooth',
			});
		}
	}, [calledAt]);
	return (
		<section
			className={`tocsin-step is-${given.state}`}
			data-step={given.step}
			aria-labelledby={`${id}-title`}
		>
			<h2 className="tocsin-step__heading">
				<button
					ref={button}
					type="button"
					id={`${id}-title`}
					aria-expanded={isOpen}
					aria-controls={`${id}-content`}
					onClick={given.onToggle}
				>
					<span className="tocsin-step__mark" aria-hidden="true" />
					{given.title}
				</button>
			</h2>
			{given.summary === '' ? null : <p className="tocsin-step__summary">{given.summary}</p>}
			<div id={`${id}-content`} className="tocsin-step__content" hidden={!isOpen}>
				{isOpen ? given.children : null}
			</div>
		</section>
	);
}
