import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noticed } from "../fixtures/notice-reference.ts";
import type { NoticeReference } from "../fixtures/notice-reference.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { frailPatients } from "../fixtures/frail-patients.ts";
import { outcomeAssociation } from "./outcome-association.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;
const notice = read<NoticeReference>("notice.json");
const noticeTables = referenceTables(read<ReferenceTables>("reference.json"), "died");

const real = { train: frailPatients(600, 1), holdout: frailPatients(150, 2) };
const fresh = (seed: number) => ({ ...real, synthetic: frailPatients(600, seed) });

describe("outcome-association", () => {
  it("is the difference of scipy's correlations", async () => {
    const { detail } = await noticed(outcomeAssociation, noticeTables);
    if (detail?.type !== "per-column") throw new Error("no columns");
    for (const [name, value] of Object.entries(notice.associations))
      expect(detail.columns.find((column) => column.name === name)?.value).toBeCloseTo(value, 9);
  });

  it("names the column that lost its tie with the outcome, with both correlations; fresh rows are fine", async () => {
    const { verdict, sentence } = await noticed(outcomeAssociation, {
      ...real,
      synthetic: frailPatients(600, 3, { blind: true }),
    });
    expect(verdict).toMatch(/worse/);
    expect(sentence).toMatch(
      /^age goes together with died “(yes|no)” otherwise than in real patients: r -?0\.0\d in synthetic/,
    );
    for (const seed of [4, 5, 6])
      expect((await noticed(outcomeAssociation, fresh(seed))).verdict).not.toMatch(/worse/);
  });
});
