// Reads the sums on the screen as a person does, and refuses those that do not add up.
import { expect, type Locator } from '@playwright/test';

/** `3,412 planned = 3,020 delivered + 392 waiting`: returns planned. */
export async function expectPartsAddUp(part: Locator): Promise<number> {
  const sentence = part.getByText(/^[\d,]+ planned = /).first();
  await expect(sentence).toBeVisible();
  const [planned, ...parts] = numbersIn(await sentence.innerText());
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(planned);
  return planned ?? Number.NaN;
}

/** `65 people`, `= 60 by e-mail + 5 without …`, `= 20 with an account + 45 guests`. */
export async function expectHeadCount(part: Locator, people: number): Promise<void> {
  await expect(
    part.getByText(`${people.toLocaleString('en')} people`, { exact: true }).first(),
  ).toBeVisible();
  for (const words of [/^= .* by e-mail \+/, /^= .* with an account \+/]) {
    const parts = numbersIn(await part.getByText(words).innerText());
    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(people);
  }
}

function numbersIn(sentence: string): number[] {
  return [...sentence.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
}
