import { describe, expect, it } from "vitest";
import { readText } from "../fixtures/read-text.ts";
import type { SchemaChange } from "../profile.ts";
import type { Table } from "../table.ts";
import { reviseTable } from "../read/revise.ts";
import { dayAfter, visitsCsv, type MadeVisit } from "./fixtures/visits-csv.ts";

const partsOf = ({ schema }: Table): Record<string, string> =>
  Object.fromEntries(
    schema.columns.flatMap(({ name, course }) => (course === undefined ? [] : [[course, name]])),
  );

async function partsIn(text: string, changes: readonly SchemaChange[] = []): Promise<Record<string, string>> {
  return partsOf((await readText(text, { changes })).table);
}

const day = ({ visit, rng }: MadeVisit): number => visit * 90 + rng.integer(20);
const date = ({ patient, visit, rng }: MadeVisit): string =>
  dayAfter(patient * 11 + visit * 90 + rng.integer(20));

describe("the time of a visit is found", () => {
  it.each([
    ["day", day],
    ["hour", ({ visit }: MadeVisit) => visit],
    ["observationoffset", day],
    ["charttime", ({ patient, visit }: MadeVisit) => `${dayAfter(patient)} ${10 + visit}:30:00`],
    ["VisitDate", date],
    ["Besuchsdatum", date],
    ["Messzeitpunkt", day],
    ["Woche", ({ visit }: MadeVisit) => 12 * visit],
    ["date de visite", date],
    ["mois", ({ visit }: MadeVisit) => 6 * visit],
    ["fecha_visita", date],
    ["data_visita", date],
    ["visit_no", ({ visit }: MadeVisit) => visit + 1],
    ["Visit #", ({ visit }: MadeVisit) => visit + 1],
    ["Visite", ({ visit }: MadeVisit) => visit],
    ["VISITNUM", ({ visit }: MadeVisit) => visit + 1],
    ["days since admission", day],
    ["tstart", day],
    ["start", day],
    ["period", ({ visit }: MadeVisit) => visit + 1],
    ["enum", ({ visit }: MadeVisit) => visit + 1],
    ["age", ({ visit }: MadeVisit) => 8 + 2 * visit],
    ["age", ({ visit }: MadeVisit) => visit - 2],
  ])("by name and cells: %s", async (name, of) => {
    expect(await partsIn(visitsCsv({ columns: { [name]: of } }))).toEqual({ time: name });
  });

  it("though rows are shuffled, the latest stands first, or several rows have one time", async () => {
    expect(await partsIn(visitsCsv({ columns: { day }, shuffled: true }))).toEqual({ time: "day" });
    expect(await partsIn(visitsCsv({ columns: { visited: date }, shuffled: true }))).toEqual({
      time: "visited",
    });
    expect(await partsIn(visitsCsv({ columns: { day: ({ visit }) => 500 - 30 * visit } }))).toEqual({
      time: "day",
    });
    expect(
      await partsIn(
        visitsCsv({ columns: { charttime: ({ patient, visit }) => dayAfter(patient + (visit >> 1)) } }),
      ),
    ).toEqual({
      time: "charttime",
    });
  });

  it("by its cells alone: dates that rise, and a number that counts from one beginning", async () => {
    expect(await partsIn(visitsCsv({ columns: { x1: date } }))).toEqual({ time: "x1" });
    expect(await partsIn(visitsCsv({ columns: { k: ({ visit }) => visit }, visits: () => 14 }))).toEqual({
      time: "k",
    });
  });

  it("the beginning of an interval, not its end", async () => {
    const stop = (v: MadeVisit): number => 90 * (v.visit + 1);
    const start = ({ visit }: MadeVisit): number => 90 * visit;
    expect(await partsIn(visitsCsv({ columns: { tstop: stop, tstart: start } }))).toEqual({ time: "tstart" });
    expect(await partsIn(visitsCsv({ columns: { stop, start, status: ({ visit }) => visit % 2 } }))).toEqual({
      time: "start",
    });
  });

  it("dates before numbers, and what was measured in days before the number of the visit", async () => {
    const both = { visit: ({ visit }: MadeVisit) => visit + 1, day, visit_date: date };
    expect(await partsIn(visitsCsv({ columns: both }))).toEqual({ time: "visit_date" });
    const { visit_date: _, ...numbers } = both;
    expect(await partsIn(visitsCsv({ columns: numbers }))).toEqual({ time: "day" });
  });

  it("admission before discharge, whichever stands first", async () => {
    const stay = ({ patient, visit }: MadeVisit): number => patient * 11 + visit * 90;
    const columns = {
      dischtime: (v: MadeVisit) => dayAfter(stay(v) + 5),
      admittime: (v: MadeVisit) => dayAfter(stay(v)),
    };
    expect(await partsIn(visitsCsv({ columns }))).toEqual({ time: "admittime" });
  });

  it("with 5% of its cells missing, or written as Excel counts days", async () => {
    const gaps = (v: MadeVisit): string | number => (v.rng.uniform() < 0.05 ? "" : day(v));
    expect(await partsIn(visitsCsv({ columns: { day: gaps } }))).toEqual({ time: "day" });
    const { table } = await readText(
      visitsCsv({ columns: { visit_date: (v) => 43_831 + v.patient * 11 + day(v) } }),
    );
    expect(partsOf(table)).toEqual({ time: "visit_date" });
    expect(table.schema.columns[2]).toMatchObject({ kind: "datetime", date: { pattern: "SERIAL" } });
  });

  it("and says why; a count of few visits becomes a number", async () => {
    const { table } = await readText(visitsCsv({ columns: { visit: ({ visit }) => visit + 1 } }));
    expect(table.schema.columns[2]).toMatchObject({ kind: "integer", course: "time", role: "feature" });
    expect(table.schema.columns[2]?.reason).toMatch(
      /^Numbers\. Says when a visit was: .* rises from each row/,
    );
  });
});

describe("what is no time of a visit", () => {
  const none: readonly (readonly [string, (visit: MadeVisit) => string | number])[] = [
    ["prothrombin_time", ({ rng }) => (10 + 4 * rng.uniform()).toFixed(2)],
    ["time_in_hospital", ({ rng }) => 1 + rng.integer(14)],
    ["birth_date", ({ patient }) => dayAfter(-9000 - 91 * patient)],
    ["cumulative_dose", ({ visit, rng }) => 100 * visit + rng.integer(90)],
    ["weight", ({ visit, rng }) => (60 + visit + rng.uniform()).toFixed(1)],
    ["admission_offset", ({ rng }) => -rng.integer(90_000)],
    ["month", ({ rng }) => 1 + rng.integer(12)],
    ["gap_days", ({ rng }) => 30 + rng.integer(60)],
    ["age", ({ patient }) => 40 + patient],
    ["start_dose", ({ visit }) => 100 * visit],
  ];
  it.each(none)("%s", async (name, of) => {
    expect(await partsIn(visitsCsv({ columns: { [name]: of } }))).toEqual({});
  });

  it("any column of a table with one row a patient, or without patients", async () => {
    expect(await partsIn(visitsCsv({ columns: { day }, visits: () => 1 }))).toEqual({});
    const text = visitsCsv({ columns: { day } })
      .replace(/^P\d+,/gm, "")
      .replace("patient_id,", "");
    expect(await partsIn(text)).toEqual({});
  });
});

describe("the end of follow-up is found", () => {
  const columns = {
    day: ({ visit }: MadeVisit) => visit * 60,
    futime: ({ patient }: MadeVisit) => 300 + ((patient * 37) % 200),
    height: ({ patient }: MadeVisit) => 1500 + ((patient * 53) % 400),
  };
  it("by name where it is never before the last visit; a number that is only large is none", async () => {
    expect(await partsIn(visitsCsv({ columns }))).toEqual({ time: "day", end: "futime" });
    const { futime: _, ...without } = columns;
    expect(await partsIn(visitsCsv({ columns: without }))).toEqual({ time: "day" });
  });

  it("by its cells alone, where other patients' ends would leave visits behind them", async () => {
    const long = (patient: number): number => 2 + (patient % 9);
    const known = {
      day: ({ visit }: MadeVisit) => visit * 60,
      y7: ({ patient }: MadeVisit) => (long(patient) - 1) * 60 + ((patient * 17) % 59),
    };
    expect(await partsIn(visitsCsv({ columns: known, visits: long }))).toEqual({ time: "day", end: "y7" });
  });

  it("never before a visit, and not a date beside days", async () => {
    const early = { ...columns, futime: ({ patient }: MadeVisit) => 30 + ((patient * 37) % 60) };
    expect(await partsIn(visitsCsv({ columns: early }))).toEqual({ time: "day" });
    const dated = { ...columns, futime: ({ patient }: MadeVisit) => dayAfter(3000 + patient) };
    expect(await partsIn(visitsCsv({ columns: dated }))).toEqual({ time: "day" });
  });

  it("and a follow-up time that changes within patients is none of survival", async () => {
    const text = visitsCsv({ columns: { time: day, died: ({ patient }) => (patient % 3 === 0 ? 1 : 0) } });
    const { table } = await readText(text);
    expect(partsOf(table)).toEqual({ time: "time" });
    expect(table.schema.columns.some(({ survival }) => survival !== undefined)).toBe(false);
  });
});

describe("a person's choice", () => {
  const columns = {
    visit: ({ visit }: MadeVisit) => visit + 1,
    day,
    futime: ({ patient }: MadeVisit) => 700 + ((patient * 37) % 200),
  };
  const changes: SchemaChange[] = [{ type: "course", column: "visit", course: "time" }];

  it("stands, when the file is read and when the table is revised", async () => {
    const text = visitsCsv({ columns });
    const { table } = await readText(text);
    expect(partsOf(table)).toEqual({ time: "day", end: "futime" });
    const read = await readText(text, { changes });
    expect(partsOf(read.table)).toMatchObject({ time: "visit" });
    expect(read.table.schema.columns[2]).toMatchObject({ kind: "integer", course: "time" });
    const revision = reviseTable(table, changes);
    expect(revision.status === "revised" && partsOf(revision.table)).toMatchObject({ time: "visit" });
  });

  it("of no time leaves none, and another patient moves the time", async () => {
    const text = visitsCsv({ columns });
    const off: SchemaChange[] = [{ type: "course", column: "day", course: null }];
    expect(await partsIn(text, off)).toEqual({});
    const another: SchemaChange[] = [...changes, { type: "course", column: "visit", course: null }];
    expect(await partsIn(text, another)).toEqual({});
    const { table } = await readText(text);
    const revision = reviseTable(table, off);
    expect(revision.status === "revised" && partsOf(revision.table)).toEqual({});
    const nobody = reviseTable(table, [{ type: "role", column: "patient_id", role: "omit" }]);
    expect(nobody.status === "revised" && partsOf(nobody.table)).toEqual({});
  });
});
