// The data map in wp-admin, as whoever keeps it uses it: scan, map, ignore, take back.
import { expect, type Locator } from '@playwright/test';
import type { Admin } from './admin.ts';

export type MapFigures = {
  places: number;
  mapped: number;
  ignored: number;
  blindSpots: number;
  /** In per cent. */
  coverage: number;
};

export type DataMapScreen = ReturnType<typeof openDataMapOf>;

export function openDataMapOf(admin: Admin) {
  const { app, page, button } = admin;
  const coverage = app.getByRole('region', { name: 'Coverage' });
  const blindSpots = app.getByRole('region', { name: 'Blind spots' });
  const decided = app.getByRole('region', { name: 'Mapped and ignored places' });
  const decide = async (opener: Locator, yes: string, reason: string): Promise<void> => {
    await opener.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(reason);
    await dialog.getByRole('button', { name: yes, exact: true }).click();
    await expect(dialog).toHaveCount(0);
  };
  return {
    coverage,
    blindSpots,
    decided,
    open: () => admin.open('data-map'),
    /** Waits for the end. */
    scan: async (): Promise<void> => {
      // By the scan's own id: the words that it runs may be gone before anybody reads them.
      const started = page.waitForResponse(
        (response) => response.request().method() === 'POST' && isOfDataMap(response.url()),
      );
      const id = started.then(async (response) => ((await response.json()) as { id: string }).id);
      const done = page.waitForResponse(
        async (response) => {
          if (response.request().method() !== 'GET' || !isOfDataMap(response.url())) return false;
          const map = (await response.json()) as { scan: { id: string } | null };
          return map.scan?.id === (await id);
        },
        { timeout: 60_000 },
      );
      await button('Scan now').click();
      await done;
      await expect(app.getByText(/^Scanning: /)).toHaveCount(0);
      await expect(coverage).toBeVisible();
    },
    blindSpot: (place: string): Locator =>
      blindSpots.getByRole('listitem').filter({ has: page.getByRole('heading', { name: place }) }),
    /** The form that maps this place, filled with what the scan proposes. */
    openMapForm: async (place: string): Promise<void> => {
      await blindSpots.getByRole('link', { name: `Map… ${place}` }).click();
      await expect(app.getByRole('heading', { level: 1, name: 'Map a place' })).toBeVisible();
    },
    ignore: (place: string, reason: string) =>
      decide(blindSpots.getByRole('button', { name: `Ignore… ${place}` }), 'Ignore it', reason),
    takeBack: (place: string, reason: string) =>
      decide(decided.getByRole('button', { name: `Take back… ${place}` }), 'Take it back', reason),
    /** The row of a place that is mapped or ignored. */
    findDecided: async (place: string): Promise<Locator> => {
      await app.getByLabel('Search places').fill(place);
      const row = decided.getByRole('row').filter({ hasText: place });
      await expect(row).toHaveCount(1);
      return row;
    },
    /** As the screen says them; refused when they do not add up. */
    figures: async (): Promise<MapFigures> => {
      const sum = await coverage.getByText(/ places with personal data = /).innerText();
      const [places = 0, mapped = 0, ignored = 0, blind = 0] = numbersOf(sum);
      expect(mapped + ignored + blind).toBe(places);
      const [percent = Number.NaN] = numbersOf(await coverage.getByText(/%$/).innerText());
      return { places, mapped, ignored, blindSpots: blind, coverage: percent };
    },
  };
}

/** As `tocsin scan` prints them. */
export function printedFigures(printed: string): MapFigures {
  const places = numbersOf(/^.* places with personal data/m.exec(printed)?.[0] ?? '')[0];
  const [coverage, mapped, ignored, blindSpots] = numbersOf(
    /^Coverage .*$/m.exec(printed)?.[0] ?? '',
  );
  return {
    places: places ?? Number.NaN,
    mapped: mapped ?? Number.NaN,
    ignored: ignored ?? Number.NaN,
    blindSpots: blindSpots ?? Number.NaN,
    coverage: coverage ?? Number.NaN,
  };
}

/** As a monitor reads them: the share as a fraction. */
export async function measuredFigures(sidecarUrl: string): Promise<MapFigures> {
  const text = await (await fetch(`${sidecarUrl}/metrics`)).text();
  const value = (name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    );
  const inState = (state: string): number => value(`tocsin_data_map_places{state="${state}"}`);
  const [mapped, ignored, blindSpots] = [
    inState('mapped'),
    inState('ignored'),
    inState('blind_spot'),
  ];
  return {
    places: mapped + ignored + blindSpots,
    mapped,
    ignored,
    blindSpots,
    coverage: Math.round(value('tocsin_data_map_coverage_ratio') * 1000) / 10,
  };
}

function numbersOf(sentence: string): number[] {
  return [...sentence.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([digits]) =>
    Number(digits.replaceAll(',', '')),
  );
}

function isOfDataMap(url: string): boolean {
  return decodeURIComponent(url).includes('/data-map');
}
