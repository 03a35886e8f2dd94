import { afterEach, expect, test } from "vitest";
import { NO_CHANGES, type RuleBook } from "../core/lab/lab.ts";
import { createPage, independent, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

const visits = (): Blob => {
  const rows = Array.from({ length: 200 }, (_, i) =>
    [100 + ((i * 17) % 43), 60 + (i % 20), (i * 7) % 50].join(","),
  );
  return new Blob([`sbp,dbp,score\n${rows.join("\n")}\n`]);
};

const off: RuleBook = { ...NO_CHANGES, off: ["pressure.order"] };

test("a run says by which clinical rules it was counted, and is counted by those of now when it is measured again", async () => {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: visits(), name: "visits.csv" });
  await page.send({ type: "train", job: 2, run: "a", request: independent });
  const before = await page.settled("a");
  expect(before?.book).toEqual(NO_CHANGES);
  expect(before?.tableId).toBe(page.of("table").at(-1)?.table?.id);
  await page.send({ type: "list-clinical", job: 3, book: off });
  expect(page.runOf("a")?.book).toEqual(NO_CHANGES);
  await page.send({ type: "evaluate", job: 4, run: "a" });
  expect((await page.settled("a"))?.book).toEqual(off);
});

test("rules and clinical rules that are asked about at once are both kept with the table", async () => {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: visits(), name: "visits.csv" });
  const choices = [{ text: "dbp < sbp", on: true, by: "person" }] as const;
  const holdout = { share: 0.2, seed: 1 };
  await Promise.all([
    page.send({ type: "list-rules", job: 2, holdout, choices }),
    page.send({ type: "list-clinical", job: 3, book: off }),
  ]);
  await page.send({ type: "remember-table", job: 4, on: true });
  expect(page.of("table").at(-1)?.table).toMatchObject({ rules: choices, book: off });
});
