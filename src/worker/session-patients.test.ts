import { afterEach, describe, expect, test } from "vitest";
import { createPage, independent, text, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

const header = "patient_id;day;sex;age;crp;stage";
/** Patients seen about once a month; every third dies at the last visit. */
const ward = (patients: number): string => {
  const lines = Array.from({ length: patients }, (_, p) =>
    Array.from({ length: 3 + (p % 4) }, (_visit, v) => {
      const stage = p % 3 === 0 && v === 2 + (p % 4) ? "dead" : (p + v) % 2 === 0 ? "high" : "low";
      const crp = (5 + ((p * 37) % 11) + v / 2).toFixed(1);
      return [
        4000 + 3 * p,
        v * 30 + ((p + v) % 5),
        p % 2 === 0 ? "f" : "m",
        40 + ((p * 17) % 40),
        crp,
        stage,
      ].join(";");
    }),
  ).flat();
  return `${header}\n${lines.join("\n")}\n`;
};
const request = { ...independent, synthesizer: "visits", params: { steps: 60 } };

describe("patients over time", () => {
  test("are exported whole, looked at whole, and given ones are continued", async () => {
    const page = createPage();
    const source = new Blob([ward(80)]);
    await page.send({ type: "open", job: 1, source, name: "ward.csv" });
    await page.send({ type: "train", job: 2, run: "a", request });
    await page.settled("a");
    const { learned } = page.of("run").at(-1)?.run.facts ?? {};
    expect(learned?.patients).toBeGreaterThan(40);

    await page.send({ type: "condition-fields", job: 3, run: "a" });
    expect(
      page
        .of("condition-fields")
        .at(-1)
        ?.fields.map(({ name }) => name),
    ).toEqual(["sex", "age"]);

    await page.send({ type: "sample-preview", job: 4, run: "a", rows: 8, patients: 2, seed: 1 });
    const shown = page.of("sample").at(-1)?.cells ?? [];
    expect(new Set(shown.map(([id]) => id)).size).toBe(2);
    await page.send({ type: "export-csv", job: 5, run: "a", rows: 1, patients: 30, seed: 1 });
    const chunks = page.of("chunk").filter(({ job }) => job === 5);
    const rows = text(chunks).trimEnd().split("\n").slice(1);
    expect(new Set(rows.map((row) => row.split(";")[0])).size).toBe(30);
    expect(chunks.at(-1)).toMatchObject({ patients: 30, rows: rows.length });
    expect(rows.slice(0, shown.length).map((row) => row.split(";"))).toEqual(shown);

    await page.send({ type: "read-given", job: 6, run: "a", source: "open-table", name: "" });
    const given = page.of("given-patients").at(-1)?.given;
    expect(given).toMatchObject({ name: "ward.csv", columns: ["crp", "stage"], notes: [] });
    expect(given?.visits).toHaveLength(80);
    expect(given?.ended).toHaveLength(27);
    const asked = { until: 200 };
    const look = { run: "a", patient: 1, column: "crp", futures: 40, seed: 1, asked } as const;
    await page.send({ type: "preview-futures", job: 7, ...look });
    expect(page.of("future-bands").at(-1)).toMatchObject({ job: 7, bands: { type: "number", futures: 40 } });
    await page.send({ type: "export-futures", job: 8, run: "a", futures: 2, seed: 1, asked });
    const futures = text(page.of("chunk").filter(({ job }) => job === 8))
      .trimEnd()
      .split("\n");
    expect(futures[0]).toBe("patient_id;future;day;sex;age;crp;stage");
    expect(page.of("chunk").at(-1)).toMatchObject({ job: 8, rows: 80 });
    expect(page.of("futures-told").at(-1)?.words.join(" ")).toContain("had already ended");
  }, 120_000);

  test("what cannot be continued is said, and what was given before stays", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: new Blob([ward(60)]), name: "ward.csv" });
    await page.send({ type: "train", job: 2, run: "a", request });
    await page.settled("a");
    await page.send({
      type: "preview-futures",
      job: 3,
      run: "a",
      patient: 0,
      column: "crp",
      futures: 5,
      seed: 1,
      asked: {},
    });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "bad-use" } });
    await page.send({ type: "read-given", job: 4, run: "a", source: "open-table", name: "" });
    const wrong = new Blob(["id;day\n1;2\n1;3\n"]);
    await page.send({ type: "read-given", job: 5, run: "a", source: wrong, name: "wrong.csv" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 5, fault: { code: "no-patient-column" } });
    await page.send({
      type: "preview-futures",
      job: 6,
      run: "a",
      patient: 1,
      column: "crp",
      futures: 5,
      seed: 1,
      asked: {},
    });
    expect(page.of("future-bands").at(-1)?.job).toBe(6);
    await page.send({ type: "train", job: 7, run: "b", request: independent });
    await page.settled("b");
    await page.send({ type: "read-given", job: 8, run: "b", source: "open-table", name: "" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 8, fault: { code: "bad-use" } });
  }, 120_000);
});
