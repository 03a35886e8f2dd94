/** Figures of studies as text: one precision a unit, the interval as half its width or as its ends. */
import type { StudyFigure, StudyUnit } from "../../report/study.ts";
import { count, duration, fixed, intervalWords, percent } from "../../words/numbers.ts";

/** A number alone: "0.790", "4.2%", "22 s". */
export function unitNumber(value: number, unit: StudyUnit): string {
  switch (unit) {
    case "AUC":
    case "AUROC":
    case "R²":
      return fixed(value, 3);
    case "nats":
    case "number":
      return fixed(value, Math.abs(value) < 0.9995 ? 3 : Math.abs(value) < 9.995 ? 2 : 1);
    case "share":
      return percent(value);
    case "seconds":
      return seconds(value);
    case "count":
      return Number.isInteger(value) ? count(value) : fixed(value, 1);
  }
}

/** Whole seconds, and from a minute on without them: "0 s", "48 s", "6 min". */
function seconds(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value > 0 && value < 0.05) return "under 0.1 s";
  if (value < 59.5) return `${fixed(value, value > 0 && value < 0.95 ? 1 : 0)} s`;
  return value < 570 ? duration(value).replace(/ 0 s$/, "") : `${count(value / 60)} min`;
}

/** The value, and its spread quietly beside it: "±0.030", or "0 to 0.06" where the interval is cut at one end. */
export function figureParts(
  { value, interval }: StudyFigure,
  unit: StudyUnit,
): { readonly value: string; readonly spread?: string } {
  const write = (one: number): string => unitNumber(one, unit);
  if (interval === undefined || unit === "seconds") return { value: write(value) };
  const [below, above] = [value - interval.low, interval.high - value];
  const even = Math.abs(below - above) <= 0.02 * Math.max(Math.abs(below), Math.abs(above));
  return {
    value: write(value),
    spread: even ? `±${write(above)}` : intervalWords(interval, write),
  };
}

/** "0.790 ±0.030"; a dash for what could not be measured. */
export function figureWords(figure: StudyFigure | undefined, unit: StudyUnit): string {
  if (figure === undefined) return "–";
  const { value, spread } = figureParts(figure, unit);
  return spread === undefined ? value : `${value} ${spread}`;
}

/** As in a sentence: "0.015 (95% interval −0.014 to 0.044)"; `brief` leaves the words out. */
export function figureInSentence({ value, interval }: StudyFigure, unit: StudyUnit, brief = false): string {
  const write = (one: number): string => unitNumber(one, unit);
  if (interval === undefined) return write(value);
  return `${write(value)} (${brief ? "" : "95% interval "}${intervalWords(interval, write)})`;
}

/** What can be reached in a unit; undefined where there is no end. */
export function unitEnds(unit: StudyUnit): readonly [number, number] {
  switch (unit) {
    case "AUC":
    case "AUROC":
      return [0, 1];
    case "share":
      return [-1, 1];
    case "R²":
      return [-1, 1];
    case "nats":
    case "seconds":
    case "count":
      return [0, Infinity];
    case "number":
      return [-Infinity, Infinity];
  }
}

/** A t interval of few seeds may pass what a figure can be; drawn, it ends there. */
export function drawable({ value, interval }: StudyFigure, unit: StudyUnit): StudyFigure {
  const [least, most] = unitEnds(unit);
  const within = (one: number): number => Math.max(least, Math.min(most, one));
  return {
    value: within(value),
    ...(interval && { interval: { low: within(interval.low), high: within(interval.high) } }),
  };
}

export const betterWords = (better: "lower" | "higher"): string => `${better} is better`;
