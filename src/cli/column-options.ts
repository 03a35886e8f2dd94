import {
  choiceWritten,
  courseLines,
  FaultError,
  identifierFindings,
  measuredColumns,
  measuredLines,
  patientQuestion,
  quantityOffers,
  staysWithin,
  withPatients,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { Table } from "../core/table/table.ts";
import { badUse, textOf, type Given, type OptionSpecs } from "./options.ts";

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
  time: {
    value: "COLUMN",
    help: "When a visit was, where patients have several rows; found by itself where cells tell. With --event: how long each patient was followed, and survival is compared.",
  },
  end: {
    value: "COLUMN",
    help: "When the follow-up of a patient ended, in the unit of the visits' time. Found by itself where cells tell.",
  },
  quantity: {
    value: "COLUMN=QUANTITY[:UNIT]",
    help: "What a column measures, where its name does not say it or says it wrongly: K=Potassium:mmol/L, or K=none; may be given several times.",
    many: true,
  },
  event: { value: "COLUMN", help: "Whether the event was seen at the time that --time says." },
};

/** What --time says: when a visit was, or how long a patient was followed. */
type TimeMeaning = "visit" | "follow-up";

/** What `columnOptions` ask of single columns. */
function askedOf(given: Given, meaning: TimeMeaning): SchemaChange[] {
  const { lists } = given;
  const target = textOf(given, "target");
  const patient = textOf(given, "patient");
  const [time, end, event] = [textOf(given, "time"), textOf(given, "end"), textOf(given, "event")];
  return [
    ...(lists["no-group-of"] ?? []).map((column): SchemaChange => ({
      type: "role",
      column,
      role: "feature",
    })),
    ...(lists["group"] ?? []).map((column): SchemaChange => ({ type: "role", column, role: "sensitive" })),
    ...(patient === undefined ? [] : [{ type: "role", column: patient, role: "identifier" } as const]),
    ...(target === undefined ? [] : [{ type: "role", column: target, role: "target" } as const]),
    ...(time === undefined
      ? []
      : meaning === "visit"
        ? [{ type: "course", column: time, course: "time" } as const]
        : [{ type: "survival", column: time, survival: "time" } as const]),
    ...(end === undefined ? [] : [{ type: "course", column: end, course: "end" } as const]),
    ...(event === undefined ? [] : [{ type: "survival", column: event, survival: "event" } as const]),
    ...(lists["quantity"] ?? []).map(quantityAsked),
  ];
}

/** "K+=Potassium:mmol/L": what stands before the last sign of equality is the column. Throws FaultError `bad-use`. */
function quantityAsked(text: string): SchemaChange {
  const at = text.lastIndexOf("=");
  const column = text.slice(0, at).trim();
  if (at < 0 || column === "")
    throw badUse(
      `--quantity ${text}: it is COLUMN=QUANTITY or COLUMN=QUANTITY:UNIT, such as K=Potassium:mmol/L.`,
    );
  const wanted = text.slice(at + 1);
  const quantity = choiceWritten(wanted);
  if (quantity !== undefined) return { type: "quantity", column, quantity };
  const title = wanted.split(":")[0]?.trim() ?? "";
  const known = choiceWritten(title);
  const units = quantityOffers.find(({ name }) => name === known?.of)?.units;
  throw badUse(
    units === undefined
      ? `--quantity ${text}: Semblance knows no quantity “${title}”.${likeIt(title)}`
      : `--quantity ${text}: ${known?.of} is measured in ${units.join(", ")}.`,
  );
}

/** Quantities whose names begin as `title` does. */
function likeIt(title: string): string {
  const first = title.slice(0, 1).toLowerCase();
  const near = quantityOffers.filter(({ name }) => first !== "" && name.toLowerCase().startsWith(first));
  return near.length === 0 ? "" : ` With the same letter: ${near.map(({ name }) => name).join(", ")}.`;
}

/** Before the table is known. */
const firstMeaning = (given: Given): TimeMeaning =>
  textOf(given, "event") === undefined ? "visit" : "follow-up";

/**
 * What --time means by the table it was read for: how long patients were followed where they have one row each, or where --event
 * is given and it never changes within a patient; else when a visit was.
 */
function meaningOf(given: Given, table: Table): TimeMeaning {
  const { patients } = withPatients(table);
  const time = table.schema.columns.findIndex(({ name }) => name === textOf(given, "time"));
  if (patients === undefined) return "follow-up";
  const followed = textOf(given, "event") !== undefined && staysWithin(table, time, patients);
  return followed ? "follow-up" : "visit";
}

/**
 * Reads a table with what `columnOptions` ask, as `read` does: a second time where the table shows that --time means the other.
 * Rejects with FaultError `no-time` where a column asked for cannot say when a visit was, or when follow-up ended.
 */
export async function readForTime<Read extends { readonly table: Table }>(
  given: Given,
  read: (asked: readonly SchemaChange[]) => Promise<Read>,
): Promise<{ read: Read; asked: readonly SchemaChange[] }> {
  const first = firstMeaning(given);
  let asked = askedOf(given, first);
  let found = await read(asked);
  if (textOf(given, "time") === undefined && textOf(given, "end") === undefined)
    return { read: found, asked };
  const meaning = meaningOf(given, found.table);
  if (textOf(given, "time") !== undefined && meaning !== first) {
    asked = askedOf(given, meaning);
    found = await read(asked);
  }
  checkCourse(given, found.table, meaning);
  return { read: found, asked };
}

/** Throws FaultError where the columns asked for cannot be the visits' time or the end of follow-up. */
function checkCourse(given: Given, table: Table, meaning: TimeMeaning): void {
  const partOf = (name: string | undefined) => table.schema.columns.find((column) => column.name === name);
  for (const [option, part] of [
    ["time", "time"],
    ["end", "end"],
  ] as const) {
    const column = partOf(textOf(given, option));
    if (column === undefined || column.course === part || (part === "time" && meaning === "follow-up"))
      continue;
    throw new FaultError({ code: "no-time", column: column.name, kind: column.kind, part });
  }
}

/** What was found or asked of the columns, so that it can be seen and changed. */
export async function columnLines(table: Table, asked: readonly SchemaChange[] = []): Promise<string[]> {
  const { columns } = table.schema;
  const groups = columns.filter(({ role }) => role === "sensitive").map(({ name }) => name);
  const [time, event] = (["time", "event"] as const).map(
    (part) => columns.find(({ survival }) => survival === part)?.name,
  );
  return [
    ...patientLines(table, asked),
    ...(await courseLines(table)),
    ...leftOutLines(table),
    ...measuredLines(measuredColumns(table)),
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
