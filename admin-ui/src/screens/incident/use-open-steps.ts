// Which steps of an incident are open, and where the reader is led when the job moves on.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Step } from '../../routing/route.ts';

/** That the reader was sent to a step; `at` tells one call from the next. */
export type StepCall = { step: Step; at: number };

/**
 * The current step is open, and what the reader opened. When the job moves on, the step that is over folds to its
 * result; if the reader was in it, they are led to the new one instead of being left nowhere.
 */
export function useOpenSteps(current: Step, called: StepCall | null) {
	const [byHand, setByHand] = useState<Partial<Record<Step, boolean>>>({});
	const [movedTo, setMovedTo] = useState<StepCall | null>(null);
	const before = useRef(current);
	const focused = useLastFocusedStep();
	const set = (step: Step, isOpen: boolean) => {
		setByHand((all) => ({ ...all, [step]: isOpen }));
	};
	useLayoutEffect(() => {
		const over = before.current;
		before.current = current;
		if (over === current) {
			return;
		}
		setByHand((all) => ({ ...all, [over]: false, [current]: true }));
		if (focused.current === over) {
			setMovedTo({ step: current, at: Date.now() });
		}
	}, [current, focused]);
	useEffect(() => {
		if (called !== null) {
			set(called.step, true);
		}
	}, [called]);
	const isOpen = (step: Step) => byHand[step] ?? step === current;
	const sentTo = (movedTo?.at ?? 0) > (called?.at ?? 0) ? movedTo : called;
	return {
		isOpen,
		sentTo,
		toggle: (step: Step) => {
			set(step, !isOpen(step));
		},
	};
}

/** Kept, since a focused form that is replaced by its saved version loses the focus before anyone can ask. */
function useLastFocusedStep() {
	const last = useRef<string | null>(null);
	useEffect(() => {
		const note = (event: FocusEvent) => {
			const section =
				event.target instanceof Element
					? event.target.closest<HTMLElement>('[data-step]')
					: null;
			last.current = section?.dataset['step'] ?? null;
		};
		document.addEventListener('focusin', note);
		return () => {
			document.removeEventListener('focusin', note);
		};
	}, []);
	return last;
}
