// The key people are counted by: country, and in the United States the state, since its laws differ by state.

const COUNTRY = /^[A-Z]{2}$/;
const US_STATE = /^[A-Z]{2}$/;

/** `DE`, `US-CA`, `US` when the state is not one, `unknown`. Country and state as stored in a billing address. */
export function countryKey({ country, state }: { country: string; state: string }): string {
  const code = country.trim().toUpperCase();
  if (!COUNTRY.test(code)) return 'unknown';
  if (code !== 'US') return code;
  const part = state.trim().toUpperCase();
  return US_STATE.test(part) ? `US-${part}` : 'US';
}
