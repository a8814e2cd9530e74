// Help and error of a field as the one node that the components package ties to it.
import type { ReactNode } from 'react';

export function fieldHelp(help: ReactNode, error: string | undefined): ReactNode {
	if (error === undefined) {
		return help;
	}
	return (
		<>
			<span className="tocsin-field-error">{error}</span> {help}
		</>
	);
}
