// What every part of the scope form is given.
import type { FormError, FormField } from '../../scope/read-fields.ts';
import type { SourceFact } from '../../scope/presets.ts';
import type { ScopeForm } from '../../scope/scope-form.ts';

export type ScopePartGiven = {
	/** Begins the ids of the fields. */
	base: string;
	form: ScopeForm;
	/** Sources of the data map; empty where it could not be loaded. */
	sources: readonly SourceFact[];
	errors: readonly FormError[];
	onChange: (form: ScopeForm) => void;
};

export function errorOf(errors: readonly FormError[], field: FormField): string | undefined {
	return errors.find((error) => error.field === field)?.message;
}
