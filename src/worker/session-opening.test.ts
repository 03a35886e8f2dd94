import { afterEach, describe, expect, test } from "vitest";
import { createPage, csvTable, patients, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

describe("opening", () => {
  test("a file that is no table is refused in words and the open table stays", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "open", job: 2, source: new Blob([]), name: "nothing.csv" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 2, fault: { code: "file-empty" } });
    await page.send({ type: "open-model", job: 3, source: patients, name: "patients.semblance" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "model-damaged" } });
    await page.send({ type: "preview-rows", job: 4, from: 0, count: 1 });
    expect(page.of("rows")).toHaveLength(1);
  });

  test("can be cancelled", async () => {
    const page = createPage();
    const large = csvTable(200_000, (i) => `P${i};${i % 90};m;x;no`);
    const opening = page.send({ type: "open", job: 1, source: large, name: "large.csv" });
    await page.until(() => page.of("reading").length > 0);
    await page.send({ type: "cancel", job: 1 });
    await opening;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 1, fault: { code: "cancelled" } });
    expect(page.of("table")).toHaveLength(0);
  });

  test("a change to the schema is applied, undone, and refused when it names no column", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    const kindOf = (name: string) =>
      page
        .of("table")
        .at(-1)
        ?.table?.schema.columns.find((column) => column.name === name)?.kind;
    await page.send({ type: "revise", job: 2, changes: [{ type: "kind", column: "age", kind: "category" }] });
    expect(kindOf("age")).toBe("category");
    await page.send({ type: "revise", job: 3, changes: [] });
    expect(kindOf("age")).toBe("decimal");
    await page.send({ type: "revise", job: 4, changes: [{ type: "role", column: "nope", role: "target" }] });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "unknown-column" } });
    await page.send({
      type: "open-cohort",
      job: 5,
      simulation: { cohort: "diabetes", level: 4, patients: 220, seed: 1 },
    });
    await page.send({ type: "revise", job: 6, changes: [{ type: "missing-tokens", tokens: ["", "-9"] }] });
    expect(page.of("table").at(-1)?.job).toBe(6);
  });
});
