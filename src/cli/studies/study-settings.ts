import type { StudyField, StudySettings, StudyValue } from "../../core/studies/studies.ts";
import { badUse, type Given, type OptionSpecs } from "../options.ts";

/** `problemColumns` is `--problem-columns`. */
const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What `args` has beside `known` options: a study's settings, which are known once its table is. Each takes a value. */
export function unknownFlags(args: readonly string[], known: OptionSpecs): OptionSpecs {
  const flags = args.flatMap((arg) => /^--([a-z][a-z-]*)(?:=|$)/i.exec(arg)?.[1] ?? []);
  const taken = (flag: string): boolean => Object.hasOwn(known, flag.replace(/^no-/, ""));
  return Object.fromEntries(
    flags
      .filter((flag) => !Object.hasOwn(known, flag) && !taken(flag))
      .map((flag) => [flag, { value: "VALUE", help: "" }]),
  );
}

/** The settings among `flags`; throws FaultError `bad-use` for a flag that the study has no field for, or a value that is none. */
export function settingsOf(
  given: Given,
  flags: OptionSpecs,
  study: string,
  fields: readonly StudyField[],
): StudySettings {
  const settings: Record<string, StudyValue> = {};
  for (const flag of Object.keys(flags)) {
    const field = fields.find(({ name }) => flagOf(name) === flag);
    if (field === undefined)
      throw badUse(
        `The study ${study} has no setting --${flag}. It has ${fields.map(({ name }) => `--${flagOf(name)}`).join(", ")}.`,
      );
    settings[field.name] = valueOf(field, String(given.values[flag]));
  }
  return settings;
}

function valueOf(field: StudyField, text: string): StudyValue {
  const list = text.split(",").map((part) => part.trim());
  switch (field.type) {
    case "number":
      return numberIn(field.name, text);
    case "numbers":
      return list.map((part) => numberIn(field.name, part));
    case "several":
      // A name may have a comma in it, as a column of that name does.
      return field.choices.some(({ value }) => value === text) ? [text] : list;
    case "choice":
      return text;
  }
}

function numberIn(name: string, text: string): number {
  const value = text === "" ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw badUse(`--${flagOf(name)}: “${text}” is not a number.`);
}

/** A study's settings as the help has them: the flag with its default, and why. */
export const settingLines = (fields: readonly StudyField[]): string[] =>
  fields.flatMap((field) => [
    `  --${flagOf(field.name)} ${[field.default].flat().join(",")}`,
    `      ${field.label}${rangeOf(field)}. ${field.reason}`,
  ]);

function rangeOf(field: StudyField): string {
  if (field.type === "number" || field.type === "numbers") return `, ${field.min} to ${field.max}`;
  const shown = field.choices.slice(0, 20).map(({ value }) => value);
  const more = field.choices.length - shown.length;
  return `: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A column named by `--group` is also the one that marks the groups of a study, unless its own setting says another. */
export function withGroup(
  settings: StudySettings,
  { lists }: Given,
  fields: readonly StudyField[],
): StudySettings {
  const [column] = lists["group"] ?? [];
  const asks = fields.some(({ name }) => name === "groups");
  return column === undefined || !asks || settings["groups"] !== undefined
    ? settings
    : { ...settings, groups: column };
}
