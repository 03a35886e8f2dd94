import { createRng } from "../src/core/math/rng.ts";
import { dayLabel, dayOf } from "../src/core/surveillance/calendar.ts";
import { simulatedDays } from "../src/core/surveillance/fixtures/simulated-events.ts";
import { expect, fewSteps, goTo, openLab, openText, test, trainToTheEnd, violations } from "./support/lab.ts";

const FIRST = dayOf(Date.parse("2021-01-04"));

/** Four years of events with an outbreak of two weeks. */
function events(): string {
  const rng = createRng(5);
  const outbreak = { from: FIRST + 7 * 160, days: 14, factor: 3 };
  const days = simulatedDays({ first: FIRST, days: 1456, events: 4000, dispersion: 1.2, outbreak }, rng);
  const rows = [...rng.permutation(days.length)].map(
    (i) =>
      `${dayLabel(days[i] as number)},${20 + rng.integer(70)},${["A", "B", "C"][rng.weighted([5, 3, 2])]}`,
  );
  return `onset,age,ward\n${rows.join("\n")}\n`;
}

test("events over time: real beside synthetic, an outbreak in both, one ward alone, as a table", async ({
  page,
}) => {
  test.slow();
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await openText(page, "events.csv", events());
  await goTo(page, "Train");
  await trainToTheEnd(page, { whole: true });
  await goTo(page, "Compare");
  const part = page.locator("#part-incidence");
  await part.locator("summary").click();
  await expect(part.getByRole("img", { name: /^onset by week, All/ })).toBeVisible();
  await expect(
    part.getByText(/Farrington.+in the real table, of which [1-3] in the synthetic one too/),
  ).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const shots = process.env["SEMBLANCE_SHOTS"];
  if (shots !== undefined) {
    for (const [name, scheme, width] of [
      ["light", "light", 1440],
      ["dark", "dark", 1440],
      ["390", "light", 390],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await part.screenshot({ path: `${shots}/incidence-${name}.png` });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  await part.getByLabel("Rows", { exact: true }).selectOption("ward: A");
  await expect(part.getByRole("img", { name: /^onset by week, ward: A/ })).toBeVisible();
  await expect(part.getByText("in whole fives")).toBeVisible();
  await part.getByRole("button", { name: "Table" }).click();
  await expect(part.getByRole("rowheader", { name: "Week 1, from 2021-01-04" })).toBeVisible();
});
