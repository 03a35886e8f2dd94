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
  time: { value: "COLUMN", help: "How long each patient was followed; with --event survival is compared." },
  event: { value: "COLUMN", help: "Whether the event was seen at that time." },
};

/** What `columnOptions` ask of single columns. */
export function askedOf(given: Given): SchemaChange[] {
  const { lists } = given;
  const target = textOf(given, "target");
  const [time, event] = [textOf(given, "time"), textOf(given, "event")];
  return [
    ...(lists["no-group-of"] ?? []).map((column): SchemaChange => ({
      type: "role",
      column,
      role: "feature",
    })),
    ...(lists["group"] ?? []).map((column): SchemaChange => ({ type: "role", column, role: "sensitive" })),
    ...(target === undefined ? [] : [{ type: "role", column: target, role: "target" } as const]),
    ...(time === undefined ? [] : [{ type: "survival", column: time, survival: "time" } as const]),
    ...(event === undefined ? [] : [{ type: "survival", column: event, survival: "event" } as const]),
  ];
}

/** What was found or asked of the columns, so that it can be seen and changed. */
export function columnLines({ schema: { columns } }: Table): string[] {
  const groups = columns.filter(({ role }) => role === "sensitive").map(({ name }) => name);
  const [time, event] = (["time", "event"] as const).map(
    (part) => columns.find(({ survival }) => survival === part)?.name,
  );
  return [
    ...(groups.length > 0 ? [`Groups are compared by ${groups.join(", ")} (--group, --no-group-of).`] : []),
    ...(time !== undefined && event !== undefined
      ? [`Survival is compared: ${time} until ${event} (--time, --event).`]
      : []),
  ];
}
