import { afterEach, describe, expect, test } from "vitest";
import { createPage, independent, patients, text, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

describe("risk against use, for the asking", () => {
  test("draws a plane, tells what a coarsened table would cost, and saves it", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.send({ type: "train", job: 3, run: "b", request: { ...independent, seed: 5 } });
    await page.settled("a");
    await page.settled("b");
    await page.send({ type: "plane", job: 4, run: "a" });
    const plane = page.of("plane").at(-1)?.plane;
    const ids = plane?.points.map(({ id }) => id) ?? [];
    expect(ids.slice(0, 4)).toEqual(["a", "b", "real", "independent"]);
    expect(ids).toContain("known-5");
    expect(page.of("plane-working").at(-1)).toMatchObject({ job: 4, run: "a", what: "plane", fraction: 1 });
    expect(page.of("done").at(-1)?.job).toBe(4);

    await page.send({ type: "look-coarsened", job: 5, run: "a", k: 5, by: "known" });
    const look = page.of("coarsened").at(-1)?.look;
    expect(look).toMatchObject({ k: 5, by: "known", leftOut: 0 });
    expect(look?.smallest).toBeGreaterThanOrEqual(5);
    expect(look?.untouched).toEqual(["outcome"]);

    await page.send({ type: "export-coarsened", job: 6, run: "a", k: 5, by: "known" });
    const lines = text(page.of("chunk").filter(({ job }) => job === 6))
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(1 + (look?.of ?? 0));
    expect(lines[0]?.split(";").sort()).toEqual([...(look?.known ?? []), "outcome"].sort());
    const groups = new Map<string, number>();
    const outcome = lines[0]?.split(";").indexOf("outcome");
    for (const line of lines.slice(1)) {
      const key = line
        .split(";")
        .filter((_, at) => at !== outcome)
        .join(";");
      groups.set(key, (groups.get(key) ?? 0) + 1);
    }
    expect(Math.min(...groups.values())).toBe(look?.smallest);
  });

  test("refuses what is not there, and ends when it is cancelled", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "plane", job: 2, run: "nobody" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 2, fault: { code: "bad-use" } });
    await page.send({ type: "train", job: 3, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "look-coarsened", job: 4, run: "a", k: 51, by: "known" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "bad-use" } });
    void page.send({ type: "plane", job: 5, run: "a" });
    await page.until(() => page.of("plane-working").some(({ job }) => job === 5));
    await page.send({ type: "cancel", job: 5 });
    await page.until(() => page.of("fault").some(({ job }) => job === 5));
    expect(page.of("fault").at(-1)).toMatchObject({ job: 5, fault: { code: "cancelled" } });
    expect(page.of("plane")).toHaveLength(0);
  });
});
