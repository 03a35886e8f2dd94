import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { CodedColumn, Table } from "../../table/table.ts";
import { noticed } from "../fixtures/notice-reference.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { levelCoverage } from "./level-coverage.ts";

const CAUSES = ["Ischaemic", "Valvular", "Sepsis", "Cancer", "Rare A", "Rare B", "Rare C", "Rare D"];
const SHARES = [0.5, 0.24, 0.1, 0.1, 0.015, 0.015, 0.015, 0.015];

function people(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const patients = Array.from({ length: rows }, () => {
    const cause = rng.weighted(SHARES);
    const sex = rng.uniform() < 0.45 ? "F" : "M";
    return {
      cause: CAUSES[cause] as string,
      sex,
      died: rng.uniform() < (cause === 3 ? 0.5 : 0.15) ? "yes" : "no",
    };
  });
  return tableOf({
    sex: { kind: "category", cells: patients.map(({ sex }) => sex) },
    cause: { kind: "category", cells: patients.map(({ cause }) => cause) },
    died: { kind: "boolean", role: "target", cells: patients.map(({ died }) => died) },
  });
}

const level = (table: Table, column: number, row: number): string => {
  const { codes, levels } = table.columns[column] as CodedColumn;
  return levels[codes[row] as number] as string;
};

/** 600 fresh patients, of whom none fits `lost`. */
function without(seed: number, lost: (cause: string, sex: string, died: string) => boolean): Table {
  const more = people(1200, seed);
  const rows = Array.from({ length: 1200 }, (_, row) => row).filter(
    (row) => !lost(level(more, 1, row), level(more, 0, row), level(more, 2, row)),
  );
  return takeRows(more, rows.slice(0, 600));
}

const real = { train: people(480, 1), holdout: people(160, 2) };

describe("level-coverage", () => {
  it("a cause of one patient in ten that is lost is much worse, and told with both counts", async () => {
    const { verdict, sentence, value } = await noticed(levelCoverage, {
      ...real,
      synthetic: without(3, (cause) => cause === "Sepsis"),
    });
    expect(verdict).toBe("much-worse");
    const [, patients] =
      /^(\d+) of 640 real patients have cause “Sepsis”, none of 600 synthetic rows\./.exec(sentence) ?? [];
    const counted = [real.train, real.holdout].reduce(
      (sum, table) =>
        sum +
        Array.from({ length: table.rows }, (_, row) => level(table, 1, row)).filter((x) => x === "Sepsis")
          .length,
      0,
    );
    expect(Number(patients)).toBe(counted);
    expect(value).toBeCloseTo(counted / 640, 9);
  });

  it("rare causes, none of which could be missed by itself, are missed together", async () => {
    const { verdict, sentence } = await noticed(levelCoverage, {
      ...real,
      synthetic: without(4, (cause) => cause.startsWith("Rare")),
    });
    expect(verdict).toMatch(/worse/);
    expect(sentence).toMatch(
      /^\d+ of 640 real patients have one of the [34] levels of cause under 2%, none of 600 synthetic rows/,
    );
  });

  it("a subgroup that is lost is seen where each of its levels is there", async () => {
    const lost = without(5, (cause, sex) => cause === "Cancer" && sex === "F");
    const { verdict, sentence } = await noticed(levelCoverage, { ...real, synthetic: lost });
    expect(verdict).toMatch(/worse/);
    expect(sentence).toMatch(/real patients have sex “F” and cause “Cancer”, none of 600 synthetic rows/);
  });

  it("a level that lost its deaths is seen, crossed with the outcome", async () => {
    const lost = without(6, (cause, _, died) => cause === "Cancer" && died === "yes");
    const { sentence } = await noticed(levelCoverage, { ...real, synthetic: lost });
    expect(sentence).toMatch(/cause “Cancer” and died “yes”, none of 600 synthetic rows/);
  });

  it("is silent on fresh rows, and good of them once a level of 2% could not be lost unseen", async () => {
    for (const seed of [7, 8, 9, 10, 11, 12])
      expect((await noticed(levelCoverage, { ...real, synthetic: people(600, seed) })).verdict).toBe("good");
    const few = { train: people(160, 1), holdout: people(40, 2), synthetic: people(160, 3) };
    const result = await noticed(levelCoverage, few);
    expect(result.verdict).toBe("cannot-tell");
    expect(result.judgement.seen).toBeGreaterThan(0.05);
  });

  it("tells of no level that fewer than five real patients share", async () => {
    const { detail } = await noticed(levelCoverage, {
      train: people(160, 21),
      holdout: people(40, 22),
      synthetic: people(200, 23),
    });
    if (detail?.type !== "groups") throw new Error("no groups");
    for (const { patients } of detail.groups) expect(patients).toBeGreaterThanOrEqual(5);
  });
});
