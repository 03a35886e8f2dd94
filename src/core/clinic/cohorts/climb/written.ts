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

/** "3,120 ng/L", "34%", "88 /min" */
export function withUnit(text: string, unit: string | undefined): string {
  if (unit === undefined || unit === "1" || unit === "years") return text;
  return unit === "%" ? `${text}%` : `${text} ${unit}`;
}

/** Whether a level says that there is nothing: "None". */
export const isNone = (text: string): boolean => /^(none|no|never|absent|normal|not applicable)$/i.test(text);
