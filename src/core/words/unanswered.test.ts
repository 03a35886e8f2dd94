import { expect, test } from "vitest";
import { exampleReport } from "../lab/take-away/fixtures/example-report.ts";
import { changesLine, changesOf } from "./changed.ts";
import { aboutCount, enoughPatients, marginWords, seenWords, unsettledWords } from "./measure.ts";
import { answersWords, comparedWords, unanswered } from "./unanswered.ts";

const report = exampleReport();
const grey = (() => {
  const row = report.metrics.find(({ info }) => info.id === "attack");
  if (row?.result.status !== "ok") throw new Error("it is measured");
  const loss = { value: 0.02, interval: { low: -0.03, high: 0.07 } };
  const judgement = { margin: 0.09, seen: 0.183, times: 2.8 };
  return { info: row.info, result: { ...row.result, loss, judgement, verdict: "cannot-tell" as const } };
})();

test("what could not be told says what would have been seen, and how many patients would be enough", () => {
  const { info, result } = grey;
  expect(marginWords({ ...info, margin: 0.09 }, result)).toBe("9 points");
  const plainNumbers = { ...result, detail: undefined as never };
  expect(marginWords({ ...info, family: "utility" }, plainNumbers)).toBe("0.09");
  expect(seenWords(info, result)).toBe("Only a difference above 18 points would have been called worse.");
  expect(seenWords({ ...info, attack: true }, result)).toContain("an added risk above 18 points");
  expect(enoughPatients(result, 128)).toBe(360);
  expect(unsettledWords(info, result, 128)).toContain("About 360 held-out patients would be enough");
  const blind = { ...result, judgement: { ...result.judgement, seen: 2 } };
  expect(seenWords(info, blind)).toBe("With so few patients no difference could have been called worse.");
  const outside = { ...result, loss: { value: 0.2, interval: { low: 0.1, high: 0.3 } } };
  expect(unsettledWords(info, outside, 128)).toContain("not after allowing for the other measures");
  expect(unsettledWords(info, { ...result, verdict: "good" }, 128)).toBe("");
});

test("counts of patients are as rough as they are, rounded up", () => {
  expect([358.4, 7, 12, 1130, 100, 99.2].map(aboutCount)).toEqual([360, 7, 12, 1200, 100, 100]);
});

test("what has no answer is listed once with its reason, privacy first", () => {
  const rows = report.metrics.map((row) => (row.info.id === "attack" ? { ...row, ...grey } : row));
  const list = unanswered({ ...report, metrics: rows });
  expect(list.map(({ family, kind, title }) => `${family} ${kind} ${title}`)).toEqual([
    "privacy cannot-tell Measure attack",
    "clinical not-measured Measure skipped",
  ]);
  expect(answersWords({ ...report, metrics: rows })).toBe(
    "6 of 8 measures gave an answer: 1 as good, 5 worse. 1 cannot be told, 1 was not measured.",
  );
  expect(comparedWords({ ...report, shape: { ...report.shape, heldOut: 80 } })).toBe(
    "1,600 synthetic rows against 400 real rows held out, of 80 patients.",
  );
});

test("changes at reading are one line a kind, and no count is told that is part of a small one", () => {
  const changes = changesOf([
    { what: "unread", column: "crp", count: 200, words: "" },
    { what: "unread", column: "bmi", count: 14, words: "" },
    { what: "withheld", column: "ward", levels: 2, words: "" },
    { what: "constant", column: "site", words: "" },
  ]);
  expect(changes).toEqual([
    { title: "Levels withheld", text: "Names that fewer than five patients share, in ward." },
    {
      title: "Cells read as missing",
      text: "They could not be read as what their column holds, in crp and bmi.",
      count: "214 cells",
    },
    { title: "One value only", text: "Nothing could be learned of site.", count: "1 column" },
  ]);
  expect(changesLine([])).toContain("Nothing");
});
