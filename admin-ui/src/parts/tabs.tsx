// Tabs by the ARIA pattern: arrows move, only the chosen tab is in the tab order. Plain elements, so that the
// console's strict CSP has nothing to refuse.
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';

export type Tab = { id: string; label: string; content: ReactNode };

export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
	const base = useId();
	const [chosen, setChosen] = useState(0);
	const index = Math.min(chosen, tabs.length - 1);
	const tabId = (tab: Tab) => `${base}-${tab.id}`;
	const move = (event: KeyboardEvent<HTMLDivElement>) => {
		const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
		const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
		const target =
			event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step && index + step;
		if (target === undefined) {
			return;
		}
		event.preventDefault();
		const next = (target + tabs.length) % tabs.length;
		setChosen(next);
		event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
	};
	const current = tabs[index];
	if (current === undefined) {
		return null;
	}
	return (
		<div className="tocsin-tabs">
			<div className="tocsin-tabs__list" role="tablist" aria-label={label} onKeyDown={move}>
				{tabs.map((tab, at) => (
					<button
						key={tab.id}
						type="button"
						role="tab"
						id={tabId(tab)}
						className="tocsin-tabs__tab"
						aria-selected={at === index}
						aria-controls={`${base}-panel`}
						tabIndex={at === index ? 0 : -1}
						onClick={() => {
							setChosen(at);
						}}
					>
						{tab.label}
					</button>
				))}
			</div>
			<div
				// One tab's content must not inherit the state of another's, such as that people may be shown.
				key={current.id}
				role="tabpanel"
				id={`${base}-panel`}
				className="tocsin-tabs__panel"
				aria-labelledby={tabId(current)}
				tabIndex={0}
			>
				{current.content}
			</div>
		</div>
	);
}
