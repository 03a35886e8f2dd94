import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import manifest from "../../../../../package.json" with { type: "json" };
import { croissant } from "./croissant.ts";
import { datasheet } from "./datasheet.ts";
import { evaluationJson } from "./evaluation-json.ts";
import type { SyntheticFile } from "../facts.ts";
import { croissantExample } from "./fixtures/croissant-example.ts";
import { exampleFacts, exampleReport, HOSTILE } from "../fixtures/example-report.ts";
import { mark, table } from "./markdown.ts";
import { modelCard } from "./model-card.ts";
import { versions } from "../versions.ts";

const report = exampleReport();
const file: SyntheticFile = {
  name: "ward-synthetic-500.csv",
  rows: 500,
  bytes: 12_345,
  sha256: "cd".repeat(32),
  seed: 7,
  which: `sex is ${HOSTILE}`,
  delimiter: ";",
  encoding: "utf-8",
};

test("the versions are those that are installed", () => {
  expect(versions.semblance).toBe(manifest.version);
  expect(versions.tensorflow).toBe(manifest.dependencies["@tensorflow/tfjs-core"]);
});

test("training that was ended early says so in the model card, the datasheet and the evaluation as JSON", () => {
  const ended = { ...report, run: { ...report.run, endedEarly: { by: "privacy", step: 1240 } as const } };
  expect(modelCard(ended, exampleFacts)).toContain(
    "ended early because privacy got worse, the model is that of step 1,240",
  );
  expect(datasheet(ended, exampleFacts, file)).toContain("Training was ended early, at step 1,240");
  expect(evaluationJson(ended, exampleFacts)).toMatch(/"endedEarly":\s*\{\s*"by":\s*"privacy"/);
  for (const text of [modelCard(report, exampleFacts), datasheet(report, exampleFacts, file)])
    expect(text).not.toContain("ended early");
});

describe("Markdown", () => {
  test("text of unknown origin stays text on one line", () => {
    expect(mark("a|b\n# c")).toBe("a\\|b \\# c");
    expect(mark(HOSTILE)).toBe('&lt;script\\>alert("1")&lt;/script\\>');
    expect(mark("[x](javascript:y) `z` *w* _v_")).toBe("\\[x\\](javascript:y) \\`z\\` \\*w\\* \\_v\\_");
    expect(mark("- item")).toBe("\\- item");
    expect(mark("1. item")).toBe("\\1. item");
    expect(table(["a"], [["b"]])).toBe("| a |\n| --- |\n| b |");
  });

  test.each([
    ["model card", modelCard(report, exampleFacts), 9],
    ["datasheet", datasheet(report, exampleFacts, file), 7],
  ])(
    "the %s says where the rows come from, what was measured, and what they are not for",
    (_, text, sections) => {
      expect(text.match(/^## /gm)).toHaveLength(sections);
      for (const said of [
        "ab".repeat(32),
        "SHA-256 of the file as it was opened",
        "none: not differentially private",
        "Semblance 0.1.0, TensorFlow.js 4.22.0",
        "steps 500, beta 0.2",
        "| Seed | 7 |",
        "WASM",
        "| Privacy | As good as held-out patients | 4.6",
        "Much worse",
        "Cannot tell",
        "Decisions about single patients",
        "To be filled in",
        "2,000 rows, 9 columns",
        "The highest of 3 attack risks is 6.1%",
      ])
        expect(text).toContain(said);
      expect(text).not.toContain("<");
      expect(text).not.toMatch(/anonym|guarantee|\bsafe\b|fake|upload/i);
      expect(text).not.toMatch(/undefined|NaN/);
      const cells = text.split("\n").filter((line) => line.startsWith("|"));
      for (const line of cells) expect(line.endsWith(" |")).toBe(true);
    },
  );

  test("the datasheet describes the file and its columns; without one it says so", () => {
    const text = datasheet(report, exampleFacts, file);
    expect(text).toContain("cd".repeat(32));
    expect(text).toContain("They are no sample of all patients.");
    expect(text).toContain("| patient\\_id | identifier | identifier | made up anew |");
    expect(datasheet(report, exampleFacts)).toContain("How many rows are shared is not known here.");
  });
});

describe("the evaluation as JSON", () => {
  const text = evaluationJson(report, exampleFacts, file);

  test("is versioned, whole and in order", () => {
    const content = JSON.parse(text);
    expect(content).toMatchObject({ format: "semblance-evaluation", version: 1, synthetic: { seed: 7 } });
    expect(content.report.metrics).toHaveLength(report.metrics.length);
    expect(content.report.run).toEqual(report.run);
    expect(Object.keys(content.report)).toEqual(Object.keys(content.report).toSorted());
    const { run, ...others } = report;
    expect(evaluationJson({ ...others, run }, exampleFacts, file)).toBe(text);
  });

  test("leaves out what stands for 1 to 4 patients, and what no one has decided to share", () => {
    const details = JSON.parse(text).report.metrics.map(
      ({ result }: { result: { detail?: { type: string } } }) => result.detail,
    );
    const of = (type: string) => details.find((detail?: { type: string }) => detail?.type === type);
    expect(of("groups").groups[1]).toEqual({ name: "Over 95", reason: "It has fewer than 5 patients." });
    expect(of("rules").rules[1].real).toBeNull();
    expect(of("curves").curves[0].points).toHaveLength(5);
    expect(JSON.parse(text).report.map.maps[0].cells[7]).toBe(0);
    const exposed = { ...report, exposed: ["row 17"] };
    expect(evaluationJson(exposed, exampleFacts)).not.toContain("row 17");
  });
});

describe("Croissant", () => {
  test("describes the file: name, size, digest, fields with types, and leaves the licence open", () => {
    const content = JSON.parse(croissant(report, exampleFacts, file));
    expect(content.conformsTo).toBe("http://mlcommons.org/croissant/1.0");
    expect(content.license).toContain("Not stated");
    expect(content.distribution).toEqual([
      expect.objectContaining({
        contentUrl: "ward-synthetic-500.csv",
        contentSize: "12345 B",
        sha256: "cd".repeat(32),
        encodingFormat: "text/csv",
      }),
    ]);
    const [rows] = content.recordSet;
    expect(rows.field.map(({ dataType }: { dataType: string }) => dataType)).toEqual([
      "sc:Text",
      "sc:Integer",
      "sc:Text",
      "sc:Text",
      "sc:Text",
      "sc:Text",
      "sc:Text",
    ]);
    expect(rows.field[3]).toMatchObject({
      description: "datetime written as DD.MM.YYYY, feature.",
      source: { fileObject: { "@id": "synthetic-csv" }, extract: { column: "admitted" } },
    });
    expect(rows.field[4].name).toBe(HOSTILE);
  });

  test("the committed example, which mlcroissant reads, is what is written today", async () => {
    const { metadata, csv } = await croissantExample();
    const committed = (name: string): string =>
      readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
    expect(committed("croissant.json")).toBe(metadata);
    expect(committed("synthetic.csv")).toBe(csv);
  });
});
