import { readMoment, type Asked, type ConditionField } from "../core/lab/lab.ts";
import type { Condition, Shares } from "../core/synthesizers/synthesizer.ts";
import { badUse } from "./options.ts";

const OPERATORS = [">=", "<=", ">", "<", "="] as const;

/** The conditions in `where` and `shares` as they were written. Throws FaultError `bad-use`, `unknown-column`. */
export function readAsked(
  where: readonly string[],
  shares: string | undefined,
  fields: readonly ConditionField[],
): Pick<Asked, "where" | "shares"> {
  return {
    ...(where.length > 0 && { where: where.map((text) => readCondition(text, fields)) }),
    ...(shares !== undefined && { shares: readShares(shares, fields) }),
  };
}

/** The longest of `names` that `text` begins with. */
function beginning(text: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) => text.startsWith(name))
    .reduce<string | undefined>(
      (best, name) => (name.length > (best?.length ?? -1) ? name : best),
      undefined,
    );
}

function readCondition(given: string, fields: readonly ConditionField[]): Condition {
  const text = given.trim();
  const name = beginning(
    text,
    fields.map((field) => field.name),
  );
  const field = fields.find((it) => it.name === name);
  if (field === undefined) throw unknownColumn("--where", given, fields);
  const rest = text.slice(field.name.length).trim();
  if (rest === "missing") return { column: field.name, missing: true };
  if (rest === "present") return { column: field.name, missing: false };
  const operator = OPERATORS.find((it) => rest.startsWith(it));
  const value = rest.slice(operator?.length ?? 0).trim();
  if (operator === undefined || value === "") throw notUnderstood(given);
  return operator === "=" ? oneOf(field, value) : bounded(field, operator, value, given);
}

const notUnderstood = (given: string): Error =>
  badUse(
    `--where “${given}” is not understood; write COLUMN>=N, COLUMN<=N, COLUMN=A..B, COLUMN=A,B, "COLUMN missing" or "COLUMN present".`,
  );

function unknownColumn(option: string, given: string, fields: readonly ConditionField[]): Error {
  const names = fields.map(({ name }) => name);
  const shown = names.slice(0, 8).join(", ") + (names.length > 8 ? `, and ${names.length - 8} more` : "");
  return badUse(`${option} “${given}” names no column that the model learned; it learned ${shown}.`);
}

function oneOf(field: ConditionField, value: string): Condition {
  const column = field.name;
  if (field.type === "levels") {
    if (field.levels.includes(value)) return { column, in: [value] };
    return { column, in: value.split(",").map((level) => level.trim()) };
  }
  const dots = value.indexOf("..");
  if (dots < 0) return { column, in: value.split(",").map((one) => one.trim()) };
  return {
    column,
    from: numberFor(field, value.slice(0, dots), column),
    to: numberFor(field, value.slice(dots + 2), column),
  };
}

function bounded(field: ConditionField, operator: string, value: string, given: string): Condition {
  const column = field.name;
  const end = numberFor(field, value, given);
  const beyond = field.type === "range" ? field.step : 0;
  const least = beyond > 0 ? beyond : Math.max(1, Math.abs(end)) * 2 ** -50;
  switch (operator) {
    case ">=":
      return { column, from: end };
    case ">":
      return { column, from: end + least };
    case "<":
      return { column, to: end - least };
    default:
      return { column, to: end };
  }
}

function numberFor(field: ConditionField, text: string, given: string): number {
  const value =
    field.type === "range" && field.datePattern !== undefined
      ? readMoment(text.trim(), field.datePattern)
      : text.trim() === ""
        ? NaN
        : Number(text);
  if (Number.isFinite(value)) return value;
  const kind =
    field.type === "range" && field.datePattern !== undefined ? `date (${field.datePattern})` : "number";
  throw badUse(`--where “${given}”: “${text.trim()}” is no ${kind}.`);
}

/** `sex:F=0.5,M=0.5` */
function readShares(given: string, fields: readonly ConditionField[]): Shares {
  const name = beginning(
    given,
    fields.map((field) => `${field.name}:`),
  );
  const field = fields.find((it) => `${it.name}:` === name);
  if (field === undefined) throw unknownColumn("--shares", given, fields);
  if (field.type !== "levels")
    throw badUse(`--shares “${given}”: “${field.name}” holds numbers; shares are for levels.`);
  const shares = new Map<string, number>();
  let rest = given.slice(field.name.length + 1).trim();
  while (rest !== "") {
    const level = beginning(
      rest,
      field.levels.map((it) => `${it}=`),
    )?.slice(0, -1);
    if (level === undefined)
      throw badUse(
        `--shares “${given}”: “${rest}” does not begin with a level and “=”; “${field.name}” has ${field.levels.slice(0, 8).join(", ")}.`,
      );
    const after = rest.slice(level.length + 1);
    const comma = after.indexOf(",");
    const value = (comma < 0 ? after : after.slice(0, comma)).trim();
    if (value === "" || !(Number(value) >= 0)) throw badUse(`--shares “${given}”: “${value}” is no share.`);
    shares.set(level, Number(value));
    rest = comma < 0 ? "" : after.slice(comma + 1).trim();
  }
  const sum = [...shares.values()].reduce((total, share) => total + share, 0);
  if (sum > 1 + 1e-9)
    throw badUse(`--shares “${given}”: the shares add up to ${Number(sum.toPrecision(6))}; at most 1.`);
  return { column: field.name, shares: Object.fromEntries(shares) };
}
