// What every part of the map form is given.
import type { FoundPlace } from '@tocsin/sidecar/contract';
import type { MapForm } from '../../data-map/map-form.ts';
import type { MapError } from '../../data-map/source-from-form.ts';

export type MapPartGiven = {
	/** Begins the ids of the fields. */
	base: string;
	form: MapForm;
	place: FoundPlace;
	/** Names of the decryptors of the configuration. */
	decryptors: readonly string[];
	errors: readonly MapError[];
	onChange: (form: MapForm) => void;
};

export function errorAt(errors: readonly MapError[], field: string): string | undefined {
	return errors.find((error) => error.field === field)?.message;
}
