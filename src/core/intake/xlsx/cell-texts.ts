import type { Shown } from "./number-formats.ts";
import { clockText, dateText, hasTime, numberText, percentText } from "./number-text.ts";
import type { StoredCell } from "./sheet-cells.ts";

const NUMBER: Shown = { as: "number" };

/** What a cell is, to choose how its column is written. */
export type CellSort = "empty" | "text" | "number" | "day" | "moment" | "clock" | "error" | "uncalculated";

export interface CellTexts {
  sortOf(cell: StoredCell): CellSort;
  /** `moments`: some date of its column has a time of day, so all are written with one. "" for what is missing. */
  textOf(cell: StoredCell, moments: boolean): string;
}

/** The cells of a workbook as texts. */
export function cellTexts(
  strings: readonly string[],
  styles: readonly Shown[],
  since1904: boolean,
): CellTexts {
  const shownOf = ({ style }: StoredCell): Shown => styles[style] ?? NUMBER;
  return {
    sortOf: (cell) => {
      if (cell.uncalculated) return "uncalculated";
      if (cell.type === "e") return "error";
      if (cell.type === "s") return (strings[Number(cell.value)] ?? "").trim() === "" ? "empty" : "text";
      if (cell.type === "d") return /T(?!00:00(:00(\.0+)?)?Z?$)/.test(cell.value) ? "moment" : "day";
      if (cell.type !== "n") return cell.value.trim() === "" ? "empty" : "text";
      const { as } = shownOf(cell);
      const serial = Number(cell.value);
      if (as === "time" || as === "elapsed") return "clock";
      if (as !== "date" && as !== "datetime") return "number";
      if (serial >= 0 && serial < 1 && !since1904) return "clock";
      return as === "datetime" || hasTime(serial) ? "moment" : "day";
    },
    textOf: (cell, moments) => {
      if (cell.uncalculated || cell.type === "e") return "";
      if (cell.type === "s") return strings[Number(cell.value)] ?? "";
      if (cell.type === "b") return cell.value === "1" || cell.value === "true" ? "TRUE" : "FALSE";
      if (cell.type === "d") return isoText(cell.value, moments);
      return cell.type === "n" ? shownText(cell.value, shownOf(cell), since1904, moments) : cell.value;
    },
  };
}

const DAY = 86_400_000;

function shownText(value: string, shown: Shown, since1904: boolean, moments: boolean): string {
  const number = Number(value);
  switch (shown.as) {
    case "number":
      return numberText(value);
    case "percent":
      return percentText(value);
    case "padded":
      return /^\d+$/.test(value) ? value.padStart(shown.digits, "0") : numberText(value);
    case "elapsed":
      return Number.isFinite(number) ? clockText(Math.round(number * DAY)) : value;
    case "time":
      return Number.isFinite(number) ? clockText(Math.round((number - Math.floor(number)) * DAY)) : value;
    case "date":
    case "datetime":
      if (number >= 0 && number < 1 && !since1904) return clockText(Math.round(number * DAY));
      return dateText(number, since1904, moments) ?? numberText(value);
  }
}

/** "2021-06-10T00:00:00.000" as the dates of the other cells are written. */
function isoText(value: string, moments: boolean): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.0+)?Z?)?$/.exec(value) ?? [];
  if (day === undefined) return value;
  return moments ? `${day} ${clock ?? "00:00:00"}` : day;
}
