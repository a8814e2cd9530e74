// What the values of a found place probably are, by the names of columns, keys and paths: proposals to look at, never sent
// without having been shown.
import type { DataClass, EncodingStep, FieldPart, FoundPlace } from '@tocsin/sidecar/contract';

type Guess = { name: RegExp; part: FieldPart; classes: readonly DataClass[] };

/** The first that fits wins. */
const guesses: readonly Guess[] = [
	{ name: /iban|account_?n|bank|bic|swift/i, part: 'holds', classes: ['financial_account'] },
	{
		name: /last_?(4|four)|exp(iry|_|$)|brand/i,
		part: 'holds',
		classes: ['payment_card_partial'],
	},
	{ name: /card|(^|_)pan$/i, part: 'holds', classes: ['payment_card'] },
	{ name: /pass(word|wd|_hash)|(^|_)pass$/i, part: 'holds', classes: ['credentials_hash'] },
	{ name: /secret|token|otp/i, part: 'holds', classes: ['account_secret'] },
	{ name: /(^|_)(tax|vat|tin)/i, part: 'holds', classes: ['tax_id'] },
	{ name: /birth|(^|_)dob/i, part: 'holds', classes: ['date_of_birth'] },
	{ name: /mail/i, part: 'email', classes: ['email'] },
	{ name: /first_?name|given_?name/i, part: 'first_name', classes: ['name'] },
	{ name: /last_?name|sur_?name|family_?name/i, part: 'last_name', classes: ['name'] },
	{ name: /company|organi[sz]ation/i, part: 'company', classes: ['name'] },
	{ name: /phone|mobile|(^|_)tel/i, part: 'phone', classes: ['phone'] },
	{ name: /address_?2|line_?2/i, part: 'line2', classes: ['postal_address'] },
	{ name: /street|address_?1|line_?1/i, part: 'line1', classes: ['postal_address'] },
	{ name: /city|town/i, part: 'city', classes: ['postal_address'] },
	{ name: /post_?code|zip/i, part: 'postcode', classes: ['postal_address'] },
	{ name: /(^|_)(state|region|province)/i, part: 'state', classes: ['postal_address'] },
	{ name: /country/i, part: 'country', classes: ['postal_address'] },
	{ name: /(^|_)ip(_|$)|ip_?addr/i, part: 'ip_address', classes: ['ip_address'] },
	{ name: /customer_?id|payer_?id/i, part: 'gateway_id', classes: ['payment_token'] },
	{ name: /name/i, part: 'full_name', classes: ['name'] },
];

const partOfClass: Partial<Record<DataClass, FieldPart>> = {
	email: 'email',
	name: 'full_name',
	phone: 'phone',
	ip_address: 'ip_address',
};

/** Kinds of data with the one that this part always is: a person must not be told of less than leaked. */
export function withClassOf(part: FieldPart, classes: readonly DataClass[]): DataClass[] {
	const needed = guesses.find((guess) => guess.part === part && part !== 'holds')?.classes ?? [];
	return [...new Set([...classes, ...needed])];
}

export type ProposedField = { path: string; part: FieldPart; classes: DataClass[] };

/** One field for each path the scan found, or one for the value itself. */
export function proposeFields(place: FoundPlace): ProposedField[] {
	if (place.paths.length === 0 || place.paths.every((path) => path === '')) {
		return [ofWholeValue(place)];
	}
	const fields = place.paths.map((path) => ofPath(path, place.classes));
	// The classes of a place are of all its paths together: what no path explains is held by the first that says nothing.
	const said = new Set(fields.flatMap((field) => field.classes));
	const left = place.classes.filter((name) => !said.has(name));
	const silent = fields.find((field) => field.classes.length === 0);
	if (left.length > 0) {
		if (silent === undefined) {
			fields.push({ path: '', part: 'holds', classes: left });
		} else {
			silent.classes = left;
		}
	}
	return fields.filter((field) => field.classes.length > 0);
}

function ofPath(path: string, classes: readonly DataClass[]): ProposedField {
	const name = path.split('.').findLast((segment) => !/^\*+$/.test(segment)) ?? '';
	const guess = guessOf(name, classes);
	return { path, part: guess?.part ?? 'holds', classes: [...(guess?.classes ?? [])] };
}

function ofWholeValue(place: FoundPlace): ProposedField {
	const guess = guessOf(place.key === '' ? place.column : place.key, place.classes);
	const [only, ...more] = place.classes;
	const part =
		guess?.part ??
		(only !== undefined && more.length === 0 ? partOfClass[only] : undefined) ??
		'holds';
	return { path: '', part, classes: [...place.classes] };
}

/** A name alone is not believed: the scan must have found one of its classes there. */
function guessOf(name: string, classes: readonly DataClass[]): Guess | undefined {
	return guesses.find(
		(guess) => guess.name.test(name) && guess.classes.some((each) => classes.includes(each)),
	);
}

/** Steps that give one text of the whole value; what they give may be opened by one more. */
const wrappers = ['base64', 'encrypted'];
const structures: readonly string[] = ['php', 'json', 'slashed_json', 'joined', 'ip_binary'];

/** A step to be chosen by hand: the value is encrypted, and it is not clear with which decryptor. */
export const unknownDecryptor = 'decrypt:';
/** A step of decoding, or `unknownDecryptor`. */
export type StepChoice = EncodingStep;

/**
 * From encodings as the scan met them, such as `base64>json`. Of nested structures only the outermost is a step: what is
 * inside opens by itself.
 */
export function proposeEncoding(
	encodings: readonly string[],
	decryptors: readonly string[],
): StepChoice[] {
	const met = encodings.find((encoding) => encoding !== 'plain') ?? 'plain';
	const steps: StepChoice[] = [];
	for (const step of met.split('>')) {
		if (step === 'encrypted') {
			const [only, ...more] = decryptors;
			steps.push(
				only !== undefined && more.length === 0 ? `decrypt:${only}` : unknownDecryptor,
			);
		} else if (wrappers.includes(step) || structures.includes(step)) {
			steps.push(step);
		}
		if (!wrappers.includes(step)) {
			break;
		}
	}
	return steps;
}
