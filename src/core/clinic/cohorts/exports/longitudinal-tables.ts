import type { Cohort } from "../cohort.ts";
import { blocksOf } from "../simulating/blocks.ts";
import type { Going, Simulation } from "../simulating/simulate.ts";
import {
  conditionCodes,
  drugCodes,
  loincOf,
  NAMED_CONDITIONS,
  namedCodes,
  NONE,
  takenCodes,
} from "./codes.ts";
import type { Coding } from "./codes.ts";
import { visitBlock, visitColumns } from "./visit-block.ts";
import type { Visit, VisitBlock, VisitColumn } from "./visit-block.ts";

/** One file of an export, made anew by each call of `pieces`: same simulation, same bytes. */
export interface SimulatedFile {
  readonly name: string;
  /** `rows`: rows of the simulation that are done */
  readonly pieces: (going?: Going) => AsyncGenerator<{ readonly bytes: Uint8Array; readonly rows: number }>;
}

type Line = readonly string[];

interface LongTable {
  readonly name: string;
  readonly head: Line;
  readonly lines: (block: VisitBlock) => Iterable<Line>;
}

/**
 * A simulation as five tables with keys: patients, visits, measurements (one line each, with unit and LOINC), conditions (from
 * the visit at which they are first known) and drugs (of each visit). Every column of the simulation is in one of them; what
 * a level has none of has no table.
 */
export function longitudinalFiles(cohort: Cohort, asked: Simulation): SimulatedFile[] {
  const columns = visitColumns(cohort, asked);
  const empty = (["measurement", "condition", "drug"] as const).filter(
    (kind) => !columns.some((column) => column.kind === kind),
  );
  const tables = tablesFor(columns).filter(({ name }) => !empty.some((kind) => name === `${kind}s.csv`));
  return tables.map((table) => ({
    name: table.name,
    pieces: async function* (going) {
      yield { bytes: encoded([table.head]), rows: 0 };
      let rows = 0;
      for await (const block of blocksOf(cohort, asked, going)) {
        rows += block.table.rows;
        yield { bytes: encoded(table.lines(visitBlock(block, columns))), rows };
      }
    },
  }));
}

function tablesFor(columns: readonly VisitColumn[]): LongTable[] {
  const of = (kind: VisitColumn["kind"]): VisitColumn[] => columns.filter((column) => column.kind === kind);
  const [patients, visits] = [of("patient").map(({ name }) => name), of("visit").map(({ name }) => name)];
  const key = ["patient_id", "visit_id"];
  return [
    {
      name: "patients.csv",
      head: ["patient_id", ...patients],
      *lines({ visits: all, cell }) {
        for (const { patient, row, first } of all)
          if (first) yield [patient, ...patients.map((name) => cell(name, row))];
      },
    },
    {
      name: "visits.csv",
      head: ["visit_id", "patient_id", "visit", ...visits],
      *lines({ visits: all, cell }) {
        for (const { id, patient, number, row } of all)
          yield [id, patient, String(number), ...visits.map((name) => cell(name, row))];
      },
    },
    {
      name: "measurements.csv",
      head: [...key, "name", "loinc", "value", "unit"],
      lines: (block) => measurementLines(block, of("measurement")),
    },
    {
      name: "conditions.csv",
      head: [...key, "name", "code", "system", "display"],
      lines: (block) => conditionLines(block, of("condition")),
    },
    {
      name: "drugs.csv",
      head: [...key, "name", "code", "system", "display"],
      *lines({ visits: all, cell }) {
        for (const visit of all)
          for (const { name } of of("drug"))
            if (!NONE.has(cell(name, visit.row)))
              yield codedLine(
                visit,
                takenName(name, cell(name, visit.row)),
                takenCoding(name, cell(name, visit.row)),
              );
      },
    },
  ];
}

function* measurementLines(block: VisitBlock, columns: readonly VisitColumn[]): Generator<Line> {
  for (const { patient, id, row } of block.visits) {
    for (const column of columns) {
      const value = block.cell(column.name, row);
      if (value === "") continue;
      const { unit, other } = block.unit(column, row);
      yield [patient, id, column.name, loincOf(column.name, column.loinc ?? "", other), value, unit];
    }
  }
}

/** What a drug is called: by its column, or by its cell where that says which of a class it is. */
export const takenName = (column: string, text: string): string => (text === "Yes" ? column : text);

export const takenCoding = (column: string, text: string): Coding | undefined =>
  takenCodes.get(text) ?? drugCodes.get(column);

/** Conditions of each patient, with the visit at which each is first known. */
export function* firstConditions(
  { visits, cell }: VisitBlock,
  columns: readonly VisitColumn[],
): Generator<{ readonly visit: Visit; readonly name: string; readonly coding: Coding | undefined }> {
  let known = new Set<string>();
  for (const visit of visits) {
    if (visit.first) known = new Set();
    for (const column of columns) {
      const text = cell(column.name, visit.row);
      const named = NAMED_CONDITIONS.has(column.name);
      const name = named ? text : column.name;
      if (NONE.has(text) || known.has(name)) continue;
      known.add(name);
      yield { visit, name, coding: conditionCodes.get(column.name) ?? namedCodes.get(text) };
    }
  }
}

function* conditionLines(block: VisitBlock, columns: readonly VisitColumn[]): Generator<Line> {
  for (const { visit, name, coding } of firstConditions(block, columns)) yield codedLine(visit, name, coding);
}

const codedLine = ({ patient, id }: Visit, name: string, coding: Coding | undefined): Line => [
  patient,
  id,
  name,
  coding?.code ?? "",
  coding?.system ?? "",
  coding?.display ?? "",
];

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function encoded(lines: Iterable<Line>): Uint8Array {
  let text = "";
  for (const line of lines) text += `${line.map(quoted).join(",")}\n`;
  return new TextEncoder().encode(text);
}
