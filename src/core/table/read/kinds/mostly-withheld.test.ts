import { describe, expect, it } from "vitest";
import { columnOf, readText } from "../../fixtures/read-text.ts";
import type { SchemaChange } from "../../profile.ts";
import { profileTable } from "../../profile/profile-table.ts";
import { reviseTable } from "../revise.ts";
import type { Table } from "../../table.ts";

/** 937 patients, eight of whom are called Anna, and the others by names that at most three have. */
const people = [
  "first,age,sex",
  ...Array.from(
    { length: 937 },
    (_, i) => `${i < 8 ? "Anna" : `Name${String(i % 400)}`},${20 + (i % 60)},${i % 3 === 0 ? "F" : "M"}`,
  ),
].join("\n");

/** Wards with twelve visits each, of four patients in every other ward and of twelve in the others. */
const visits = (patients: number): string =>
  [
    "patient_id,ward,age",
    ...Array.from({ length: 240 }, (_, i) => {
      const ward = Math.floor(i / 12);
      return `P${ward * 12 + (i % (ward % 2 === 0 ? patients : 12))},w${ward},${20 + (i % 60)}`;
    }),
  ].join("\n");

function revised(table: Table, changes: SchemaChange[]): Table {
  const revision = reviseTable(table, changes);
  if (revision.status !== "revised") throw new Error(revision.reason);
  return revision.table;
}

describe("columns of which over half the cells have a rare level", () => {
  it("are left out of training, with the reason, and flagged with the way back", async () => {
    const { table } = await readText(people);
    expect(columnOf(table, "first").schema).toMatchObject({
      kind: "category",
      role: "omit",
      reason:
        "401 levels in 937 cells. Left out: 929 of 937 cells have a level that fewer than 5 patients share.",
    });
    expect(columnOf(table, "sex").schema.role).not.toBe("omit");
    const first = (await profileTable(table)).find(({ schema }) => schema.name === "first");
    expect(first?.withheld).toBe(929);
    expect(first?.flags[0]).toEqual({
      level: "check",
      column: "first",
      text: "929 of 937 cells (99.1%) have a level that fewer than 5 patients share. Left out: it comes out empty.",
      offer: { label: "Include in training", change: { type: "role", column: "first", role: "feature" } },
    });
  });

  it("can be put back, and what comes of them is said", async () => {
    const { table } = await readText(people);
    const back: SchemaChange = { type: "role", column: "first", role: "feature" };
    const common: SchemaChange = { type: "rare-levels", column: "first", rareLevels: "common" };
    const words = async (changed: Table): Promise<string | undefined> =>
      (await profileTable(changed))[0]?.flags[0]?.text;
    expect(columnOf(revised(table, [back]), "first").schema.role).toBe("feature");
    expect(await words(revised(table, [back]))).toMatch(/These come out as missing\.$/);
    expect(await words(revised(table, [back, common]))).toMatch(/These come out as one common level\.$/);
    expect(columnOf((await readText(people, { changes: [back, common] })).table, "first").schema).toEqual(
      columnOf(revised(table, [back, common]), "first").schema,
    );
  });

  it("are told by patients, not by rows", async () => {
    const few = (await readText(visits(4))).table;
    expect(columnOf(few, "ward").schema.role).toBe("feature");
    const withheld = async (table: Table): Promise<number | undefined> =>
      (await profileTable(table)).find(({ schema }) => schema.name === "ward")?.withheld;
    expect(await withheld(few)).toBe(120);
    expect(await withheld((await readText(visits(6))).table)).toBe(0);
    const more = visits(4).split("\n").slice(0, -12).join("\n");
    expect(columnOf((await readText(more)).table, "ward").schema.role).toBe("omit");
  });

  it("are not looked for in a table of fewer rows than can be trained on", async () => {
    const { table } = await readText("x,y\na,1\nb,2\nc,3\n");
    expect(columnOf(table, "x").schema.role).not.toBe("omit");
  });
});
