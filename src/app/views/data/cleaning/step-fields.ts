/** The steps that a person makes by hand, as fields of a form. */
import type { CleaningStep, Coarsening } from "../../../../core/table/cleaning-step.ts";
import type { ColumnProfile } from "../../../../core/table/profile.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import type { StepKind } from "../../../state/cleaning/cleaning-state.ts";

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly type: "text" | "number" | "choice" | "code";
  /** to begin with */
  readonly value: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
}

export type Values = Readonly<Record<string, string>>;

interface StepForm {
  readonly about: string;
  fields(column: ColumnProfile | undefined, table: TableView): readonly Field[];
  /** undefined while something is still needed */
  step(column: string, values: Values): CleaningStep | undefined;
}

const text = (id: string, label: string, value = "", placeholder?: string): Field => ({
  id,
  label,
  type: "text",
  value,
  ...(placeholder !== undefined && { placeholder }),
});

const listed = (values: string | undefined, separator: RegExp): string[] =>
  (values ?? "")
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

const numberIn = (value: string | undefined): number | undefined => {
  const typed = (value ?? "").trim().replace(",", ".");
  const number = Number(typed);
  return typed === "" || !Number.isFinite(number) ? undefined : number;
};

/** All but `merge`, whose levels are ticked. */
export const stepForms: Readonly<Record<Exclude<StepKind, "merge">, StepForm>> = {
  replace: {
    about: "Every place in which the text stands within a cell.",
    fields: () => [text("find", "Text"), text("by", "becomes", "", "nothing")],
    step: (column, { find = "", by = "" }) =>
      find === "" ? undefined : { step: "replace", column, find, by },
  },
  "strip-unit": {
    about: "Taken off before or behind the number; it stays with the column as its unit.",
    fields: (column) => [text("unit", "Unit", column?.schema.unit ?? "", "bpm")],
    step: (column, { unit = "" }) =>
      unit.trim() === "" ? undefined : { step: "strip-unit", column, unit: unit.trim() },
  },
  "strip-marks": {
    about: "Marks that a laboratory sets beside its numbers, with a space between them.",
    fields: () => [text("marks", "Marks", "", "H L *")],
    step: (column, { marks }) => {
      const all = listed(marks, /\s+/);
      return all.length === 0 ? undefined : { step: "strip-marks", column, marks: all };
    },
  },
  "one-notation": {
    about: "Numbers with other decimal and thousands marks are written like the rest.",
    fields: () => [],
    step: (column) => ({ step: "one-notation", column }),
  },
  split: {
    about: "Cut at a text into new columns, which take this column’s place.",
    fields: (column) => [
      text("at", "Cut at", "/"),
      text("into", "New columns", `${column?.schema.name ?? ""}_1, ${column?.schema.name ?? ""}_2`),
    ],
    step: (column, { at = "", into }) => {
      const names = listed(into, /,/);
      return at === "" || names.length < 2 ? undefined : { step: "split", column, at, into: names };
    },
  },
  combine: {
    about: "A new column of the texts of both: an id with the hospital that gave it out.",
    fields: (column, table) => {
      const own = column?.schema.name ?? "";
      const others = table.schema.columns.map(({ name }) => name).filter((name) => name !== own);
      return [
        {
          id: "with",
          label: "With",
          type: "choice",
          value: others[0] ?? "",
          options: others.map((name) => ({ value: name, label: name })),
        },
        text("at", "Between them", "-"),
        text("name", "New column", `${own}_combined`),
      ];
    },
    step: (column, { with: other = "", at = "", name = "" }) =>
      other === "" || name.trim() === ""
        ? undefined
        : { step: "combine", column: name.trim(), columns: [column, other], at },
  },
  rename: {
    about: "The synthetic table has the new name.",
    fields: (column) => [text("to", "New name", column?.schema.name ?? "")],
    step: (column, { to = "" }) =>
      to.trim() === "" || to.trim() === column ? undefined : { step: "rename", column, to: to.trim() },
  },
  limit: {
    about: "Numbers below or above become missing. One of the two is enough.",
    fields: () => [
      { id: "low", label: "Possible from", type: "number", value: "" },
      { id: "high", label: "to", type: "number", value: "" },
    ],
    step: (column, values) => {
      const [low, high] = [numberIn(values["low"]), numberIn(values["high"])];
      if (low === undefined && high === undefined) return undefined;
      return {
        step: "limit",
        column,
        ...(low !== undefined && { low }),
        ...(high !== undefined && { high }),
      };
    },
  },
  "keep-rows": {
    about: "Only rows that meet the condition stay; the others are left out.",
    fields: () => [
      { id: "where", label: "Keep rows where", type: "code", value: "", placeholder: "age >= 18" },
    ],
    step: (_, { where = "" }) => (where.trim() === "" ? undefined : { step: "keep-rows", where }),
  },
  derive: {
    about: "A new column, or new cells of an old one, from the others of its row.",
    fields: () => [
      text("name", "Column", "", "bmi"),
      {
        id: "formula",
        label: "is",
        type: "code",
        value: "",
        placeholder: "weight / (height / 100) ^ 2",
      },
    ],
    step: (_, { name = "", formula = "" }) =>
      name.trim() === "" || formula.trim() === ""
        ? undefined
        : { step: "derive", column: name.trim(), formula },
  },
  coarsen: {
    about: "Less is told of a person. What is cut off is in no model.",
    fields: (column, table) => coarsenFields(column, table),
    step: (column, values) => {
      const to = coarsening(values);
      return to === undefined ? undefined : { step: "coarsen", column, to };
    },
  },
};

function coarsenFields(column: ColumnProfile | undefined, table: TableView): readonly Field[] {
  const { kind } = column?.schema ?? {};
  const ways =
    kind === "datetime"
      ? [
          { value: "month", label: "month and year" },
          { value: "year", label: "year only" },
          { value: "shift", label: "shifted by patient" },
        ]
      : kind === "integer" || kind === "decimal"
        ? [
            { value: "top", label: "top-coded" },
            { value: "first", label: "first characters" },
          ]
        : [{ value: "first", label: "first characters" }];
  const patients = table.schema.columns.map(({ name }) => ({ value: name, label: name }));
  const patient = table.schema.columns.find(({ role }) => role === "identifier")?.name ?? "";
  return [
    { id: "by", label: "Keep", type: "choice", value: ways[0]?.value ?? "", options: ways },
    ...(kind === "datetime"
      ? [{ id: "patient", label: "patient", type: "choice" as const, value: patient, options: patients }]
      : []),
    ...(ways.some(({ value }) => value === "first")
      ? [{ id: "characters", label: "characters", type: "number" as const, value: "3" }]
      : []),
    ...(ways.some(({ value }) => value === "top")
      ? [{ id: "at", label: "above", type: "number" as const, value: "89" }]
      : []),
  ];
}

/** Dates are shifted by a seed of their own, the same at each time. */
const SHIFT_SEED = 1;

function coarsening({ by, patient = "", characters, at }: Values): Coarsening | undefined {
  if (by === "year" || by === "month") return { by };
  if (by === "shift") return patient === "" ? undefined : { by, patient, seed: SHIFT_SEED };
  if (by === "first") {
    const number = numberIn(characters);
    return number === undefined || number < 1 ? undefined : { by, characters: Math.floor(number) };
  }
  const above = numberIn(at);
  return by === "top" && above !== undefined ? { by, at: above } : undefined;
}

const askedBy: Readonly<Record<string, string>> = { patient: "shift", characters: "first", at: "top" };

/** Whether the way chosen to coarsen asks for a field; every other field is asked for. */
export const isAsked = ({ id }: Field, values: Values): boolean =>
  values["by"] === undefined || !(id in askedBy) || askedBy[id] === values["by"];
