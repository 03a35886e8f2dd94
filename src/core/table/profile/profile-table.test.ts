import { describe, expect, it } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { formatCells, maskCell } from "../formats/cells.ts";
import { oneColumn, readText } from "../fixtures/read-text.ts";
import { profileTable } from "./profile-table.ts";
import type { ColumnProfile } from "../profile.ts";

const cohort = simulateCohort("heart-failure", 1);
const profiles = await profileTable(cohort);
const of = (name: string, all: readonly ColumnProfile[] = profiles): ColumnProfile => {
  const found = all.find(({ schema }) => schema.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe("profileTable", () => {
  it("counts missing and distinct, and says the range as the source writes it", () => {
    expect(of("nyha")).toMatchObject({ distinct: 4, range: "I · II · III · IV", example: "III" });
    expect(of("died_30d").range).toMatch(/^\d\.\d% yes$/);
    expect(of("admitted_at").range).toBe("2019 – 2023");
    expect(of("potassium").range).toMatch(/^\d+\.\d – \d+(\.\d)?$/);
    expect(of("patient_id")).toMatchObject({ distinct: 2000, range: "all different", bars: [] });
    expect(of("nt_probnp").missing).toBeGreaterThan(200);
  });

  it("draws shares that add up to the share of cells that are there", () => {
    for (const { bars, missing, schema } of profiles) {
      if (schema.kind === "identifier") continue;
      expect(bars.reduce((sum, bar) => sum + bar, 0)).toBeCloseTo(1 - missing / cohort.rows, 9);
    }
  });

  it("tells once of zeros that cannot be", async () => {
    const bmi = Array.from({ length: 120 }, (_, i) => (i % 40 === 0 ? "0.0" : `${20 + (i % 17)}.${i % 10}`));
    const { table } = await readText(oneColumn("bmi", bmi));
    expect(of("bmi", await profileTable(table)).flags.map(({ text }) => text)).toEqual([
      expect.stringContaining("cannot be a body mass index"),
    ]);
  });

  it("offers to group rare codes of a system by what they begin with", async () => {
    const codes = Array.from({ length: 90 }, (_, i) => `I${50 + (i % 3)}.${i % 10}${i % 7};${i}.5`);
    const { table } = await readText(`dx;x\n${codes.join("\n")}\n`);
    const [flag] = of("dx", await profileTable(table)).flags;
    expect(flag?.offer).toEqual({
      label: "Group by the first 3 characters",
      change: {
        type: "clean",
        step: { step: "coarsen", column: "dx", to: { by: "first", characters: 3 } },
      },
    });
  });

  it("shows no cell of an identifier or a free text", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `Anna Berg said on day ${i};${i}.5;MRN${1000 + i * 3}`);
    const { table } = await readText(`remark;x;mrn\n${rows.join("\n")}\n`);
    const shown =
      JSON.stringify(await profileTable(table)) + JSON.stringify(formatCells(table, 0, 30, { mask: true }));
    expect(shown).not.toMatch(/Anna|Berg|MRN1|day 3/);
    expect(of("mrn", await profileTable(table)).example).toBe("•••••••");
  });

  it("says what is missing and that it is learned", () => {
    expect(of("nt_probnp").flags).toEqual([
      {
        level: "note",
        column: "nt_probnp",
        text: expect.stringMatching(/^1\d(\.\d)?% missing\. Being missing is learned too\.$/),
      },
    ]);
  });

  it("words dates of birth and postcodes as possible identifiers, with an offer", async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `19${50 + (i % 30)}-03-04,${10_000 + (i % 25)},${40 + i}`,
    );
    const { table } = await readText(`birth_date,zip,age\n${rows.join("\n")}\n`);
    const all = await profileTable(table);
    expect(of("birth_date", all).flags[0]).toMatchObject({
      level: "stop",
      text: "A full date of birth. Left out; age is present.",
      offer: { change: { type: "role", column: "birth_date", role: "feature" } },
    });
    expect(of("birth_date", all).example).toBe("••••-••-••");
    expect(of("zip", all).flags[0]?.text).toBe("A postcode. 25 codes have fewer than 5 rows. Left out.");
  });

  it("points at zeros that stand apart, and not at zeros on the scale", async () => {
    const apart = await readText(
      oneColumn(
        "sbp",
        Array.from({ length: 80 }, (_, i) => (i < 3 ? "0" : String(90 + ((i * 7) % 80)))),
      ),
    );
    expect(of("sbp", await profileTable(apart.table)).flags[0]?.text).toBe(
      "3 values of 0 far below all others may stand for missing. Kept as they are.",
    );
    const { schema } = apart.table;
    const columns = schema.columns.map((column) => ({ ...column, course: "time" as const }));
    const times = await profileTable({ ...apart.table, schema: { ...schema, columns } });
    expect(of("sbp", times).flags).toEqual([]);
    expect(of("los_days").flags).toEqual([]);
    const scale = await readText(
      oneColumn(
        "visits",
        Array.from({ length: 80 }, (_, i) => String(i % 17)),
      ),
    );
    expect(of("visits", await profileTable(scale.table)).flags).toEqual([]);
  });

  it("points at codes for missing, and offers to read them so", async () => {
    const cells = Array.from({ length: 80 }, (_, i) => (i < 4 ? "-99" : String(90 + ((i * 7) % 80))));
    const { table } = await readText(oneColumn("sbp", cells));
    expect(of("sbp", await profileTable(table)).flags[0]).toEqual({
      level: "check",
      column: "sbp",
      text: "4 cells of -99, far from all other values, may stand for missing. Kept as they are.",
      offer: {
        label: "Treat -99 as missing",
        change: { type: "missing-tokens", tokens: ["", "-99"] },
      },
    });
    const large = await readText(
      oneColumn(
        "weight",
        cells.map((cell) => (cell === "-99" ? "999" : cell)),
      ),
    );
    expect(of("weight", await profileTable(large.table)).flags[0]?.text).toMatch(/^4 cells of 999, /);
  });

  it("stops between columns when it is cancelled", async () => {
    let asked = 0;
    const profiling = profileTable(cohort, () => ++asked > 3);
    await expect(profiling).rejects.toMatchObject({ fault: { code: "cancelled" } });
    expect(asked).toBe(4);
  });

  it("survives values at the ends of what numbers can be", async () => {
    const { table } = await readText(
      oneColumn(
        "x",
        Array.from({ length: 40 }, (_, i) => `${i % 2 ? "-" : ""}1.7e30${8 - (i % 9)}`),
      ),
    );
    expect(of("x", await profileTable(table)).bars.every(Number.isFinite)).toBe(true);
  });
});

describe("formatCells", () => {
  it("gives rows as they are written, and fewer at the end", () => {
    const cells = formatCells(cohort, 1998, 10, { mask: false });
    expect(cells).toHaveLength(2);
    expect(cells[0]?.[0]).toMatch(/^HF-\d{7}$/);
    expect(formatCells(cohort, 0, 1, { mask: true })[0]?.[0]).toBe("••-•••••••");
    expect(formatCells(cohort, 5000, 10, { mask: true })).toEqual([]);
  });

  it("masks letters and digits of any script and cuts long texts", () => {
    expect(maskCell("Ünal 41, Köln")).toBe("•••• ••, ••••");
    expect(maskCell("a text that goes on for long")).toBe("• •••• •••• ••••…");
  });
});
