import type { Coarsening } from "../cleaning-step.ts";
import type { IdentifierFinding } from "../identifier-finding.ts";
import type { IdentifierClass, PatientCandidate, PatientQuestion } from "../identifies.ts";
import type { SchemaChange } from "../profile.ts";
import type { Column, ColumnSchema, Table } from "../table.ts";
import { freshFormOf } from "./id-form.ts";

type Way = IdentifierFinding["ways"][number];

const leaveOut = (column: string): Way => ({
  label: "Leave out",
  changes: [{ type: "role", column, role: "omit" }],
});

const learn = (column: string): Way => ({
  label: "Include in training",
  changes: [{ type: "role", column, role: "feature" }],
});

/** Learned once less is told: a coarser column has its kind from its new cells. */
const coarsen = ({ name, role }: ColumnSchema, label: string, to: Coarsening): Way => ({
  label,
  changes: [
    { type: "clean", step: { step: "coarsen", column: name, to } },
    ...(role === "omit" ? ([{ type: "role", column: name, role: "feature" }] as const) : []),
  ],
});

/** Classes whose cells are short codes, so that made-up ones can take their place. */
const CODED: ReadonlySet<IdentifierClass> = new Set<IdentifierClass>([
  "phone",
  "national-number",
  "insurance-number",
  "record-number",
  "account-number",
  "licence-number",
  "vehicle",
  "device",
  "unique-code",
]);

function freshWays(schema: ColumnSchema, column: Column): Way[] {
  if (schema.identifies === undefined || !CODED.has(schema.identifies.what)) return [];
  const form = schema.fresh || freshFormOf(column, schema);
  if (form === undefined) return [];
  const change: SchemaChange = { type: "fresh", column: schema.name, form };
  return [{ label: "Fresh values of the same form", changes: [change] }];
}

/** Ways to tell less of a person by a column and learn it still. */
function coarserWays(schema: ColumnSchema, patient: string | undefined): Way[] {
  const { identifies, kind } = schema;
  switch (identifies?.what) {
    case "birth-date":
    case "date":
      if (kind !== "datetime") return [];
      return [
        coarsen(schema, "Keep year and month", { by: "month" }),
        coarsen(schema, "Keep the year", { by: "year" }),
        ...(patient === undefined
          ? []
          : [
              coarsen(schema, "Shift each patient’s dates", {
                by: "shift",
                patient,
                seed: 1,
              }),
            ]),
      ];
    case "small-area":
      return kind === "category" || kind === "integer"
        ? [
            coarsen(schema, "Keep the first 2 characters", { by: "first", characters: 2 }),
            coarsen(schema, "Keep the first 3 characters", { by: "first", characters: 3 }),
          ]
        : [];
    case "age-over-89":
      return [coarsen(schema, "Write ages over 89 as “>89”", { by: "top", at: 89 })];
    default:
      return [];
  }
}

function doneWith(
  { name, role, kind, fresh }: ColumnSchema,
  coarsened: ReadonlyMap<string, Coarsening>,
): IdentifierFinding["done"] {
  if (role === "identifier") return "patient";
  if (role === "omit" || kind === "identifier" || kind === "text")
    return fresh === "" || (fresh === undefined && kind !== "identifier") ? "left-out" : "fresh";
  return coarsened.has(name) ? "coarsened" : "learned";
}

/** The columns that `changes` tell less of a person by, and how. */
const coarsenedBy = (changes: readonly SchemaChange[]): Map<string, Coarsening> =>
  new Map(
    changes.flatMap((change) =>
      change.type === "clean" && change.step.step === "coarsen"
        ? [[change.step.column, change.step.to] as const]
        : [],
    ),
  );

const WHAT_COARSENED: Readonly<Record<Coarsening["by"], IdentifierClass>> = {
  year: "date",
  month: "date",
  shift: "date",
  first: "small-area",
  top: "age-over-89",
};
/** Why a column is listed still that is coarser now and so nothing by itself. */
const WHY_COARSENED: Readonly<Record<Coarsening["by"], string>> = {
  year: "A date of which only the year is learned.",
  month: "A date of which only year and month are learned.",
  shift: "Dates moved by days that differ between patients.",
  first: "A code of which only the first characters are learned.",
  top: "Numbers above the limit are told as one.",
};

/** Every column of `table` that can tell who a person is: what was seen, what is done with it, what else can be done. */
export function identifierFindings(table: Table, changes: readonly SchemaChange[]): IdentifierFinding[] {
  const patient = table.schema.columns.find(({ role }) => role === "identifier")?.name;
  const coarsened = coarsenedBy(changes);
  return table.schema.columns.flatMap((schema, i): IdentifierFinding[] => {
    const { name, identifies, role } = schema;
    const to = coarsened.get(name);
    if (identifies === undefined && role !== "identifier" && to === undefined) return [];
    const done = doneWith(schema, coarsened);
    const ways =
      done === "patient"
        ? []
        : [
            ...(done === "learned" || done === "coarsened" || done === "fresh"
              ? [leftOutWay(schema, done)]
              : []),
            ...(done === "fresh" ? [] : freshWays(schema, table.columns[i] as Column)),
            ...(done === "coarsened" ? [] : coarserWays(schema, patient)),
            ...(done === "learned" || done === "coarsened" ? [] : [learn(name)]),
          ];
    if (done === "coarsened" && to !== undefined)
      return [
        {
          column: name,
          what: identifies?.what ?? WHAT_COARSENED[to.by],
          why: WHY_COARSENED[to.by],
          done,
          to,
          ways,
        },
      ];
    const { what, why } = identifies ?? { what: "record-number", why: "Set by you." };
    return [{ column: name, what, why, done, ways }];
  });
}

function leftOutWay({ name }: ColumnSchema, done: IdentifierFinding["done"]): Way {
  if (done !== "fresh") return leaveOut(name);
  return { label: "Leave it empty", changes: [{ type: "fresh", column: name, form: null }] };
}

/** Which columns may name the patients, as the table is now; undefined where none may. A person's choice ends the question. */
export function patientQuestion(table: Table, changes: readonly SchemaChange[]): PatientQuestion | undefined {
  const { whose, schema } = table;
  const taken = schema.columns.find(({ role }) => role === "identifier")?.name;
  if (whose === undefined) return undefined;
  const known = whose.candidates.filter(({ column }) => schema.columns.some(({ name }) => name === column));
  const candidates = known.map((it): PatientCandidate => ({ ...it, chosen: it.column === taken }));
  const own = taken !== undefined && !candidates.some(({ chosen }) => chosen);
  const all = own ? [chosenByHand(table, taken), ...candidates] : candidates;
  if (all.length === 0) return undefined;
  const answered = changes.some((change) => change.type === "role" && change.role === "identifier");
  return { candidates: all, asked: whose.asked && !answered };
}

function chosenByHand({ schema, columns, rows }: Table, taken: string): PatientCandidate {
  const column = columns[schema.columns.findIndex(({ name }) => name === taken)] as Column;
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const value = (column.type === "coded" ? column.codes[row] : column.values[row]) as number;
    if (value >= 0 || column.type === "numeric") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  counts.delete(NaN);
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  return { column: taken, values: counts.size, most, why: "Chosen by you.", chosen: true };
}
