import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { cohorts, describeFault, type SimulatedAs } from "../core/lab/lab.ts";
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

describe("a simulated table that is open", () => {
  const simulation = { cohort: "heart-failure", level: 4, patients: 100, seed: 2, hospitals: 3 } as const;
  const opened = async () => {
    const page = createPage();
    await page.send({ type: "open-cohort", job: 1, simulation });
    const save = async (as: SimulatedAs, job: number): Promise<Buffer> => {
      await page.send({ type: "export-simulated", job, as });
      return Buffer.concat(page.of("chunk").flatMap((chunk) => (chunk.job === job ? [chunk.bytes] : [])));
    };
    return { page, save };
  };

  it("says what was asked, and how far looking at its columns is", async () => {
    const { page } = await opened();
    expect(page.of("table").at(-1)?.table?.simulation).toEqual(simulation);
    const looked = page.of("reading").flatMap((event) => event.looked ?? []);
    expect(looked.at(-1)).toBe(1);
    expect(looked).toEqual(looked.toSorted((a, b) => a - b));
  });

  it("is saved as it was simulated, whatever was changed since", async () => {
    const { page, save } = await opened();
    const rows = page.of("table").at(-1)?.table?.rows ?? 0;
    const before = (await save("csv", 2)).toString();
    expect(before.trimEnd().split("\n")).toHaveLength(rows + 1);
    expect(page.of("chunk").at(-1)?.rows).toBe(rows);
    const changes = [{ type: "clean", step: { step: "rename", column: "sbp", to: "pressure" } }] as const;
    await page.send({ type: "revise", job: 3, changes });
    expect(
      page
        .of("table")
        .at(-1)
        ?.table?.schema.columns.map(({ name }) => name),
    ).toContain("pressure");
    expect((await save("csv", 4)).toString()).toBe(before);
  });

  it("is saved as linked tables and as FHIR", async () => {
    const { page, save } = await opened();
    const rows = page.of("table").at(-1)?.table?.rows ?? 0;
    const tables = unzipSync(await save("tables", 2));
    expect(Object.keys(tables).toSorted()).toEqual(
      ["conditions", "drugs", "measurements", "patients", "visits"].map((name) => `${name}.csv`),
    );
    const lines = (name: string): number =>
      strFromU8(tables[name] ?? new Uint8Array())
        .trimEnd()
        .split("\n").length - 1;
    expect([lines("patients.csv"), lines("visits.csv")]).toEqual([100, rows]);
    expect(page.of("chunk").at(-1)?.rows).toBe(rows);
    expect(Object.keys(unzipSync(await save("fhir", 3)))).toContain("Patient.ndjson");
    expect(JSON.parse((await save("bundle", 4)).toString())).toMatchObject({ resourceType: "Bundle" });
  });

  it("is not saved where none is open, and stops when that is cancelled", async () => {
    const { page } = await opened();
    const saving = page.send({ type: "export-simulated", job: 2, as: "tables" });
    await page.send({ type: "cancel", job: 2 });
    await saving;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 2, fault: { code: "cancelled" } });
    await page.send({ type: "close-table" });
    await page.send({ type: "export-simulated", job: 3, as: "csv" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "bad-use" } });
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
  await page.send({ type: "open-numbers", job: 5, source: new Blob(["<html>"]), name: "mine.json" });
  const refused = page.of("fault").at(-1)?.fault;
  expect(refused && describeFault(refused).remedy).toMatch(/“Save as a file”/);
  expect(refused && describeFault(refused).remedy).not.toContain("--");
  const wrong = withValue(high + 1);
  await page.send({ type: "open-numbers", job: 4, source: new Blob([wrong]), name: "mine.json" });
  expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "numbers-file-unreadable" } });
});
