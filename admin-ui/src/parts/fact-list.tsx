// Facts as pairs of name and value.
import type { ReactNode } from 'react';

export type Fact = { name: string; value: ReactNode };

export function FactList({ facts }: { facts: readonly Fact[] }) {
	return (
		<dl className="tocsin-facts">
			{facts.map((fact) => (
				<div key={fact.name}>
					<dt>{fact.name}</dt>
					<dd>{fact.value}</dd>
				</div>
			))}
		</dl>
	);
}
