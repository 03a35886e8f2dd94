import { identifierFindings, patientQuestion } from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { Table } from "../core/table/table.ts";
import { textOf, type Given, type OptionSpecs } from "./options.ts";

/** What columns are for, where the table does not say it or says it wrongly. */
export const columnOptions: OptionSpecs = {
  target: { value: "COLUMN", help: "The column that a predictive model would predict." },
  group: {
    value: "COLUMN",
    help: "Compare the groups of this column; may be given several times. Sex, race and age are found by themselves.",
    many: true,
  },
  "no-group-of": {
    value: "COLUMN",
    help: "Do not compare the groups of this column; may be given several times.",
    many: true,
  },
  patient: {
    value: "COLUMN",
    help: "The column that names the patient: its rows stay together and it is never learned. Found by itself where cells or names tell.",
  },
  time: { value: "COLUMN", help: "How long each patient was followed; with --event survival is compared." },
  event: { value: "COLUMN", help: "Whether the event was seen at that time." },
};

/** What `columnOptions` ask of single columns. */
export function askedOf(given: Given): SchemaChange[] {
  const { lists } = given;
  const target = textOf(given, "target");
  const patient = textOf(given, "patient");
  const [time, event] = [textOf(given, "time"), textOf(given, "event")];
  return [
    ...(lists["no-group-of"] ?? []).map((column): SchemaChange => ({
      type: "role",
      column,
      role: "feature",
    })),
    ...(lists["group"] ?? []).map((column): SchemaChange => ({ type: "role", column, role: "sensitive" })),
    ...(patient === undefined ? [] : [{ type: "role", column: patient, role: "identifier" } as const]),
    ...(target === undefined ? [] : [{ type: "role", column: target, role: "target" } as const]),
    ...(time === undefined ? [] : [{ type: "survival", column: time, survival: "time" } as const]),
    ...(event === undefined ? [] : [{ type: "survival", column: event, survival: "event" } as const]),
  ];
}

/** What was found or asked of the columns, so that it can be seen and changed. */
export function columnLines(table: Table, asked: readonly SchemaChange[] = []): string[] {
  const { columns } = table.schema;
  const groups = columns.filter(({ role }) => role === "sensitive").map(({ name }) => name);
  const [time, event] = (["time", "event"] as const).map(
    (part) => columns.find(({ survival }) => survival === part)?.name,
  );
  return [
    ...patientLines(table, asked),
    ...leftOutLines(table),
    ...(groups.length > 0 ? [`Groups are compared by ${groups.join(", ")} (--group, --no-group-of).`] : []),
    ...(time !== undefined && event !== undefined
      ? [`Survival is compared: ${time} until ${event} (--time, --event).`]
      : []),
  ];
}

/** Which column names the patients and why, and which others may. */
function patientLines(table: Table, asked: readonly SchemaChange[]): string[] {
  const { candidates, asked: competing } = patientQuestion(table, asked) ?? { candidates: [], asked: false };
  const taken = candidates.find(({ chosen }) => chosen);
  if (taken === undefined) return [];
  const others = candidates.filter(({ chosen }) => !chosen).map(({ column }) => column);
  const rivals =
    others.length === 0
      ? ""
      : ` ${others.join(", ")} may do so too${competing ? ": choose" : ""} (--patient).`;
  const why = `${taken.why.charAt(0).toLowerCase()}${taken.why.slice(1)}`;
  return [`Patients are told apart by ${taken.column}: ${why}${competing ? rivals : ""}`];
}

/** Columns that are left out because they can tell who a person is. */
function leftOutLines(table: Table): string[] {
  const out = identifierFindings(table, []).filter(({ done }) => done === "left-out" || done === "fresh");
  if (out.length === 0) return [];
  const shown = out.slice(0, 12).map(({ column, why }) => `${column} (${why.replace(/\.$/, "")})`);
  const more = out.length > shown.length ? ` and ${out.length - shown.length} more` : "";
  return [`Left out, as they can tell who a person is: ${shown.join(", ")}${more} (--learn).`];
}
