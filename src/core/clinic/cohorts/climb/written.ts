import type { CohortColumn } from "../cohort.ts";

/** A cell as a person reads it, without its unit; undefined where there is none. */
export function written({ shown }: CohortColumn, value: number): string | undefined {
  if (Number.isNaN(value)) return undefined;
  switch (shown.as) {
    case "number": {
      const digits = { minimumFractionDigits: shown.decimals, maximumFractionDigits: shown.decimals };
      return value.toLocaleString("en-US", digits).replace("-", "−");
    }
    case "levels":
      return shown.levels[value];
    case "yes-no":
      return value === 1 ? "yes" : "no";
    case "date":
      return new Date(value).toISOString().slice(0, "2026-01-01".length);
  }
}

/** Units that a person reads in the value, or not at all. */
const SILENT = new Set(["1", "points"]);

/** A unit as a person writes it: "/min" for 1/min, "× 10⁹/L" for 10^9/L; nothing where there is none. */
export function unitWords(unit: string | undefined): string {
  if (unit === undefined || SILENT.has(unit)) return "";
  return unit
    .replace(/^1\//, "/")
    .replace(/^10(?=[\^⁹¹²])/, "× 10")
    .replace(/\^(\d+)/, (_, digits: string) => raised(digits))
    .replace(/\bm2\b/, "m²");
}

const raised = (digits: string): string =>
  digits.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? digit);

/** "3,120 ng/L", "34%", "88 /min" */
export function withUnit(text: string, unit: string | undefined): string {
  const words = unitWords(unit);
  return words === "" || words === "%" ? `${text}${words}` : `${text} ${words}`;
}

/** Whether a level says that there is nothing: "None". */
export const isNone = (text: string): boolean => /^(none|no|never|absent|normal|not applicable)$/i.test(text);
