// Stands in for `@wordpress/theme` under DataViews: colours are inherited from wp-admin's own style sheets instead of
// being computed in the browser, which spares 40 kB of colour arithmetic.
import type { ReactNode } from 'react';

export function ThemeProvider({ children }: { children?: ReactNode }) {
	return children;
}
