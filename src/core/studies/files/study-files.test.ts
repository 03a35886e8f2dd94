import { expect, test } from "vitest";
import type { StudyResult } from "../../report/study.ts";
import type { CellDone, StudyCell } from "../study.ts";
import { cellsCsv } from "./cells-csv.ts";
import { resultJson } from "./result-json.ts";
import { studyHtml } from "./study-html.ts";

const HOSTILE = `<img src=x onerror=alert(1)>"'&`;
const figure = { value: 0.79, interval: { low: 0.76, high: 0.82 } };

const cells: StudyCell[] = [1, 2, 3].map((seed) => ({
  key: `a/${seed}`,
  factors: { method: "copula", seed },
  words: `seed ${seed}`,
  effort: 1,
}));
const done: CellDone[] = [
  { key: "a/2", rows: [], seconds: 0.5, failed: 'Only 8 rows, "too few"' },
  {
    key: "a/1",
    seconds: 1.23456,
    rows: [
      { measure: "kl", value: 0.25, of: { column: "=cmd()", group: "a,b" }, n: 40, draws: [1, 2] },
      { measure: "attack", value: -0.5 },
      { measure: "tstr", value: NaN },
    ],
  },
];

const result: StudyResult = {
  study: "rows",
  name: "Rows",
  question: "How many patients are enough?",
  table: { name: `${HOSTILE}.csv`, rows: 7000, columns: 15 },
  settings: [{ name: "Seeds", words: "5" }],
  seed: 1,
  cells: { all: 3, done: 2 },
  failed: [{ cell: "seed 2", reason: HOSTILE }],
  seconds: 61,
  say: { bold: `With 500 rows ${HOSTILE}.`, rest: "Loss 0.01." },
  more: [HOSTILE],
  notes: [HOSTILE],
  pictures: [
    {
      type: "lines",
      title: `Predicting ${HOSTILE}`,
      unit: "AUROC",
      better: "higher",
      across: { name: "rows", ticks: [1, 2] },
      lines: [
        {
          name: HOSTILE,
          kind: "synthetic",
          points: [
            { x: 1, figure },
            { x: 2, figure },
          ],
        },
      ],
    },
    {
      type: "bars",
      title: "KL",
      unit: "nats",
      better: "lower",
      series: [{ name: "Whole", kind: "synthetic" }],
      bars: [{ name: HOSTILE, figures: [undefined] }],
    },
    {
      type: "matrix",
      title: "Sites",
      unit: "AUROC",
      better: "higher",
      down: { name: "From", of: [HOSTILE] },
      across: { name: "On", of: ["A"] },
      cells: [[figure]],
    },
  ],
  tables: [
    {
      title: "At 100 and at 500 rows",
      note: "mean",
      columns: [
        { name: "100", over: "AUC", unit: "AUC" },
        { name: "500", over: "AUC", unit: "AUC" },
        { name: "500", over: "Time", unit: "seconds" },
      ],
      rows: [{ name: HOSTILE, kind: "real", cells: [figure, HOSTILE, undefined] }],
    },
  ],
};

test("every number of every cell is a line, in the order of the grid; a failed cell says why", () => {
  expect(cellsCsv(cells, done).split("\r\n")).toEqual([
    "method,seed,measure,of,value,n,cell_seconds,failed",
    'copula,1,kl,"column==cmd(); group=a,b",0.25,40,1.235,',
    "copula,1,attack,,-0.5,,1.235,",
    "copula,1,tstr,,,,1.235,",
    'copula,2,,,,,0.5,"Only 8 rows, ""too few"""',
    "",
  ]);
});

test("the JSON holds what was found and every cell, and is read back", () => {
  const read: unknown = JSON.parse(resultJson(result, cells, done));
  expect(read).toMatchObject({
    format: "semblance-study",
    version: 1,
    say: result.say,
    ran: [
      { factors: { seed: 2 }, failed: /8 rows/ },
      { factors: { seed: 1 }, rows: [{ draws: [1, 2] }, {}, { value: null }] },
    ].map(({ factors }) => ({ factors })),
  });
  expect(resultJson(result, cells, done)).toContain('"value": null');
});

test("the page stands alone: no script, no inline style or handler, nothing fetched, names escaped", () => {
  const page = studyHtml(result);
  expect(page).not.toContain("<img");
  expect(page).not.toMatch(/<script|\sstyle="|javascript:|https?:/i);
  expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(page).toContain("default-src 'none'");
  expect(page.match(/role="img"/g)?.length).toBeGreaterThanOrEqual(3);
  expect(page).toContain('0.790 <span class="q">±0.030</span>');
  expect(page).toContain('colspan="2"');
  expect(page).toContain('<td class="wrap">');
  expect(page).toContain("Not finished: 2 of 3 cells so far.");
  expect(page).not.toMatch(/undefined|NaN|\[object/);
  expect(page).toContain(": how many patients are enough?</h1>");
  expect(studyHtml(result)).toBe(page);
});
