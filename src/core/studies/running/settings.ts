import { FaultError } from "../../fault.ts";
import type { StudyField, StudySettings, StudyValue } from "../study.ts";

/** The defaults with `given` in their place; throws FaultError `parameter-invalid` for what does not fit. */
export function resolveSettings(fields: readonly StudyField[], given: StudySettings): StudySettings {
  const settings: Record<string, StudyValue> = Object.fromEntries(
    fields.map((field) => [field.name, field.default]),
  );
  for (const [name, value] of Object.entries(given)) {
    const field = fields.find((one) => one.name === name);
    const reason = field ? misfit(field, value) : `There is ${fields.map((one) => one.name).join(", ")}.`;
    if (reason) throw new FaultError({ code: "parameter-invalid", name, value: String(value), reason });
    settings[name] = value;
  }
  return settings;
}

/** What is wrong with `value`, if anything. */
function misfit(field: StudyField, value: StudyValue): string | undefined {
  switch (field.type) {
    case "number":
      return Array.isArray(value) ? "One number is needed." : misfitNumber(field, value);
    case "choice":
      return field.choices.some((choice) => choice.value === value)
        ? undefined
        : `${why(field.unfit, value)}It must be one of ${field.choices.map((choice) => choice.value).join(", ")}.`;
    case "numbers":
    case "several": {
      if (!Array.isArray(value)) return "A list is needed.";
      const list: readonly (string | number)[] = value;
      if (new Set(list).size < list.length) return "Each may stand there once.";
      if (list.length < field.least || list.length > field.most)
        return `Between ${field.least} and ${field.most} are needed.`;
      if (field.type === "numbers") return list.map((one) => misfitNumber(field, one)).find(Boolean);
      const unknown = list.find((one) => !field.choices.some((choice) => choice.value === one));
      return unknown === undefined
        ? undefined
        : `“${unknown}” is not one of ${field.choices.map((choice) => choice.value).join(", ")}.`;
    }
  }
}

const why = (unfit: Readonly<Record<string, string>> = {}, value: StudyValue): string =>
  typeof value === "string" && Object.hasOwn(unfit, value) ? `${unfit[value] ?? ""} ` : "";

function misfitNumber(
  { min, max, integer }: { readonly min: number; readonly max: number; readonly integer?: boolean },
  value: unknown,
): string | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return "A number is needed.";
  if (integer && !Number.isInteger(value)) return "A whole number is needed.";
  if (value < min || value > max) return `It must lie between ${min} and ${max}.`;
  return undefined;
}

/** A setting that is a list of numbers or of words. Throws RangeError where the study has no such field: a programmer's error. */
export function listIn<T extends string | number>(settings: StudySettings, name: string): readonly T[] {
  const value = settings[name];
  if (Array.isArray(value)) return value as readonly T[];
  throw new RangeError(`The study has no list called ${name}.`);
}

export function numberIn(settings: StudySettings, name: string): number {
  const value = settings[name];
  if (typeof value === "number") return value;
  throw new RangeError(`The study has no number called ${name}.`);
}

export function wordIn(settings: StudySettings, name: string): string {
  const value = settings[name];
  if (typeof value === "string") return value;
  throw new RangeError(`The study has no word called ${name}.`);
}
