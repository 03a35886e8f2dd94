import { describe, expect, test } from "vitest";
import { exampleFacts, exampleReport, HOSTILE } from "../fixtures/example-report.ts";
import { htmlReport } from "./html-report.ts";

const page = htmlReport(exampleReport(), exampleFacts);
const words = page.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ");

describe("the evaluation as one HTML file", () => {
  test("holds every side, column, measure and kind of detail, in the page's order", () => {
    const order = [
      "board",
      "sides",
      "findings",
      "unanswered",
      "columns",
      "relationships",
      "map",
      "fidelity",
      "methods",
      "limits",
      "provenance",
    ];
    const places = order.map((id) => page.indexOf(`id="${id}"`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    for (const said of [
      "Use for software tests and teaching",
      "Do not draw conclusions",
      "Much worse",
      "Not measured.",
      "Without an answer: clinical plausibility 1.",
      "Chair of the board",
      "Leave the sickest patients out",
      "Gradient boosting",
      "Guessed outcome",
      "age, per 10 years",
      "Predicted risk",
      "Women",
      "Diastolic pressure is below systolic",
      "Somebody and others 2020",
      "4,000 of 22,000 rows were drawn.",
      "The highest of 3 attack risks is 6.1%",
      "admitted &lt;= discharged",
      "none: not differentially private",
      "ab".repeat(32),
      "TensorFlow.js 4.22.0",
    ])
      expect(words).toContain(said);
    for (const { name } of exampleReport().columns.filter(({ name }) => name !== HOSTILE))
      expect(page).toContain(name);
  });

  test("measures of privacy stand under their criteria, whatever their order in the report", () => {
    const report = exampleReport();
    const [row] = report.metrics.filter(({ info }) => info.family === "privacy");
    if (row === undefined) throw new Error("no measure of privacy");
    const asking = (["membership", "inference", "linkability", "singling-out"] as const).map((criterion) => ({
      ...row,
      info: { ...row.info, id: criterion, name: `asks ${criterion}`, criterion },
    }));
    const text = htmlReport({ ...report, metrics: asking }, exampleFacts);
    const said = [...text.matchAll(/<h3[^>]*>(Singling out|Linkability|Inference|Membership|asks [a-z-]+)/g)];
    expect(said.map(([, name]) => name)).toEqual([
      "Singling out",
      "asks singling-out",
      "Linkability",
      "asks linkability",
      "Inference",
      "asks inference",
      "Membership",
      "asks membership",
    ]);
  });

  test("names and levels of the table are text, never markup", () => {
    expect(page).not.toMatch(/<script/i);
    expect(page).not.toMatch(/ on\w+=/i);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(page).toContain("&quot;onload=alert(1) x=&quot;");
    expect(page).not.toContain("\u202e");
  });

  test("asks the browser to translate nothing: that would send its words to a service", () => {
    expect(page).toContain('<html lang="en" translate="no">');
    expect(page).toContain('<meta name="google" content="notranslate" />');
    expect(page).not.toContain('translate="yes"');
  });

  test("fetches nothing and says so to the browser", () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
    expect(page).not.toMatch(/https?:|@import|url\((?!#)/);
    const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.every((address) => address === "data:," || address?.startsWith("#"))).toBe(true);
  });

  test("every chart has words for those who do not see it, every table heads, every link its target", () => {
    for (const [svg] of page.matchAll(/<svg[^>]*>/g))
      expect(svg).toMatch(/aria-hidden="true"|role="img"\s+aria-label="[^"]+"/);
    for (const [table] of page.matchAll(/<table.*?<\/table>/gs)) {
      expect(table).toContain("<thead>");
      expect(table).toContain('scope="row');
    }
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    const heads = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    heads.forEach((level, i) => expect(level - (heads[i - 1] ?? 0)).toBeLessThanOrEqual(1));
  });

  test("nothing about 1 to 4 patients is printed, whatever a measure put into its detail", () => {
    expect(words).toContain("It has fewer than 5 patients.");
    expect(words).not.toContain("61.2%");
    expect(words).toContain("fewer than 5 rows");
    const { shape } = exampleReport();
    const real = [...page.matchAll(/<td class="r">([\d.]+)%<\/td>/g)].map(([, share]) => Number(share) / 100);
    expect(real.length).toBeGreaterThan(100);
    for (const share of real) expect([1, 2, 3, 4]).not.toContain(Math.round(share * shape.train));
  });

  test("never promises what was not measured", () => {
    expect(words).not.toMatch(/anonym|guarantee|\bsafe\b|fake|upload|excellent/i);
  });

  test("begins with the page that a board decides by, which holds what was stated of the use", () => {
    const firstPage = (text: string): string => text.slice(0, text.indexOf('<nav aria-label="Sections"'));
    const empty = firstPage(page);
    expect(empty.match(/aria-label="to fill in"/g)).toHaveLength(3);
    expect(empty).toContain("abababababababab…abababab");
    expect(empty).not.toMatch(/of 100|Score/);
    const use = { purpose: "Test data for letters", receivers: "<b>IT</b>", keptUntil: "31 December 2027" };
    const file = {
      name: "s.csv",
      rows: 9,
      bytes: 9,
      sha256: "cd".repeat(32),
      delimiter: ",",
      encoding: "utf-8",
    };
    const stated = firstPage(htmlReport(exampleReport(), { ...exampleFacts, use }, file));
    expect(stated).toContain("Test data for letters");
    expect(stated).toContain("&lt;b&gt;IT&lt;/b&gt;");
    expect(stated).toContain("synthetic cdcdcdcdcdcdcdcd…cdcdcdcd");
    expect(stated).not.toContain("to fill in");
  });

  test("the same input gives the same bytes; 200 columns, or 2,000, stay small", () => {
    expect(htmlReport(exampleReport(), exampleFacts)).toBe(page);
    expect(htmlReport(exampleReport(200), exampleFacts).length).toBeLessThan(3e6);
    const many = htmlReport(exampleReport(2000), exampleFacts);
    expect(many.length).toBeLessThan(3e6);
    expect(many).toContain("numeric column 1998");
  });

  test("odd reports are written too: nothing measured, no holdout, no columns, numbers that are not", () => {
    const report = exampleReport(0);
    const none = { worse: 0, cannotTell: 0, good: 0, notMeasured: 1 };
    const bare = htmlReport(
      {
        ...report,
        shape: { train: 25, holdout: 0, synthetic: 25, columns: 0 },
        axes: report.axes.map(({ family }) => ({
          family,
          verdict: "cannot-tell",
          sentence: "Too few rows",
          answers: none,
        })),
        metrics: [],
        notes: [],
      },
      { versions: exampleFacts.versions, columns: [] },
    );
    expect(bare).toContain("Cannot tell");
    expect(bare).toContain("No real rows were held out");
    expect(bare).toContain("not known: the table was not at hand");
    const [first, ...rest] = report.metrics;
    if (first?.result.status !== "ok") throw new Error("it is measured");
    const nan = { value: NaN, interval: { low: NaN, high: NaN } };
    const result = { ...first.result, ...nan, baseline: nan, loss: nan, score: { ...nan, baseline: nan } };
    const odd = htmlReport(
      {
        ...report,
        metrics: [{ ...first, result }, ...rest],
        axes: [
          {
            family: "fidelity",
            metric: "shapes",
            score: result.score,
            loss: nan,
            margin: 0.05,
            verdict: "much-worse",
            sentence: "x",
            answers: none,
          },
        ],
      },
      exampleFacts,
    );
    expect(odd.replace(/<style>.*?<\/style>/s, "")).not.toMatch(/NaN|Infinity|undefined/);
  });
});
