import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { courses, shuffled, withCells } from "./fixtures/frail-courses.ts";
import type { Tables } from "./metric.ts";
import { metrics } from "./registry.ts";

const [train, holdout, fresh] = [courses(110, 1), courses(60, 2), courses(110, 3)];
const scenarios: Readonly<Record<string, Tables>> = {
  fresh: { train, holdout, synthetic: fresh },
  /** every column shuffled by itself */
  broken: { train, holdout, synthetic: shuffled(fresh, 4) },
  copied: { train, holdout, synthetic: train },
  /** everybody responds, nothing is measured twice alike, and visits stand at other patients' times */
  spoiled: {
    train,
    holdout,
    synthetic: shuffled(
      withCells(fresh, "responds", () => 0),
      5,
      ["day", "bili"],
    ),
  },
};

/** What no sentence may hold, whatever it is about. */
const UNSOUND =
  /NaN|undefined|Infinity|null|\(\)|\s[.,;]|[:,;]\.|\b(of|by|to|use|lacks|than|and|or) *\.|(?<![.\d])1 (rows|columns|cells|patients|values|groups|pairs|models|visits)\b|  /;

describe("sentences of metrics of patients over time", () => {
  const overTime = metrics.filter(({ about }) => about === "courses");
  it.each(overTime.map((metric) => [metric.id, metric] as const))(
    "%s: holds its figure, and is sound",
    async (_, metric) => {
      const sentences = new Set<string>();
      for (const [name, tables] of Object.entries(scenarios)) {
        const result = await metric.compute(tables, createRng(1));
        if (result.status === "skipped") {
          expect(result.reason, name).toMatch(/^[A-Z0-9“].*\.$/);
          continue;
        }
        const { sentence, value, note = "" } = result;
        sentences.add(sentence);
        expect(sentence, name).toMatch(/^[A-Z0-9“].*\.$/);
        for (const text of [sentence, note]) expect(text, name).not.toMatch(UNSOUND);
        const figures = [
          value.toFixed(3),
          value.toFixed(2),
          // of a logarithm, the factor
          `factor of ${Math.exp(value).toFixed(2)}`,
          ...[0, 1, 2].map((digits) => `${(100 * value).toFixed(digits)}%`),
        ];
        const none = value === 0 && sentence.startsWith("No synthetic patient");
        expect(none || figures.some((figure) => sentence.includes(figure)), `${name}: ${sentence}`).toBe(
          true,
        );
      }
      expect(sentences.size, "differ between scenarios").toBeGreaterThan(1);
    },
    60_000,
  );
});
