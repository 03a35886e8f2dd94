import { describe, expect, it } from "vitest";
import { cohorts } from "../core/lab/lab.ts";
import { createPage } from "./fixtures/session-page.ts";

describe("simulated cohorts before one is opened", () => {
  it("are drawn, each once", async () => {
    const page = createPage();
    await page.send({ type: "draw-cohorts", job: 1 });
    expect(page.of("cohort-picture").map(({ cohort }) => cohort)).toEqual(cohorts.map(({ id }) => id));
    expect(page.of("done")).toHaveLength(1);
    expect(page.of("table")).toEqual([]);
  });

  it("show a patient at every level, how fast they are simulated, and how many numbers that takes", async () => {
    const page = createPage();
    await page.send({ type: "climb", job: 1, cohort: "icu" });
    const [climb] = page.of("climb");
    expect(climb?.view.climb.levels).toHaveLength(3);
    expect(climb?.view.numbers).toBeGreaterThan(0);
    const [told] = page.of("simulating-pace");
    expect(told?.cohort).toBe("icu");
    expect(told?.pace.patients).toBeGreaterThan(1000);
    await page.send({ type: "climb", job: 2, cohort: "pirates" });
    expect(page.of("fault")).toMatchObject([{ job: 2, fault: { code: "bad-use" } }]);
  });

  it("tell the pace anew once one was simulated", async () => {
    const page = createPage();
    const simulation = { cohort: "icu", level: 1, patients: 150, seed: 2 } as const;
    await page.send({ type: "open-cohort", job: 1, simulation });
    expect(page.of("table").at(-1)?.table).toMatchObject({ rows: 150, simulated: true });
    expect(page.of("simulating-pace")).toHaveLength(1);
  });
});

it("numbers are listed with their sources, saved, edited and refused by row", async () => {
  const page = createPage();
  await page.send({ type: "list-numbers", job: 1 });
  const numbers = page.of("simulator-numbers")[0]?.numbers ?? [];
  expect(numbers.length).toBeGreaterThan(0);
  for (const { citation, cohorts: used } of numbers.slice(0, 20)) {
    expect(citation.length).toBeGreaterThan(30);
    expect(Array.isArray(used)).toBe(true);
  }
  await page.send({ type: "save-numbers", job: 2, values: {} });
  const text = page.of("numbers-file")[0]?.text ?? "";
  const [first] = numbers;
  if (first === undefined) throw new Error("no numbers");
  const [low, high] = first.range;
  const withValue = (value: number): string =>
    text.replace(
      `"id":${JSON.stringify(first.id)},"value":${first.value}`,
      `"id":${JSON.stringify(first.id)},"value":${value}`,
    );
  const edited = withValue(low + (high - low) / 4);
  await page.send({ type: "open-numbers", job: 3, source: new Blob([edited]), name: "mine.json" });
  expect(page.of("numbers-opened")[0]).toMatchObject({
    name: "mine.json",
    file: { values: { [first.id]: low + (high - low) / 4 } },
  });
  const wrong = withValue(high + 1);
  await page.send({ type: "open-numbers", job: 4, source: new Blob([wrong]), name: "mine.json" });
  expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "numbers-file-unreadable" } });
});
