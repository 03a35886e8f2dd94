import { gridOf, snap } from "../../../codec/columns/grid.ts";
import type { ColumnSchema } from "../../../table/table.ts";

/** The numbers that a column can write, counted by whole numbers: tenths, days, months. Public: it follows from how cells are written. */
export interface Ticks {
  toTick(value: number): number;
  fromTick(tick: number): number;
  /** ticks that there can be at all, both ends included: times of day */
  readonly within?: readonly [number, number];
  readonly unit: "number" | "date" | "time";
}

const MOST = 2 ** 52;
const inBounds = (tick: number): number => Math.min(MOST, Math.max(-MOST, tick));

/** Of a column of kind integer, decimal or datetime. */
export function ticksOf(schema: ColumnSchema): Ticks {
  const grid = gridOf(schema);
  switch (grid.type) {
    case "year":
      return { ...months(12), unit: "date" };
    case "month":
      return { ...months(1), unit: "date" };
    case "interval": {
      const { milliseconds, within } = grid;
      const toTick = (value: number): number => inBounds(Math.floor(value / milliseconds));
      return {
        toTick,
        fromTick: (tick) => snap(tick * milliseconds, grid),
        ...(within && { within: [toTick(within[0]), toTick(within[1])] as const }),
        unit: within === undefined ? "date" : "time",
      };
    }
    default: {
      const scale = 10 ** (grid.type === "decimals" ? grid.decimals : 0);
      return {
        toTick: (value) => inBounds(Math.round(value * scale)),
        fromTick: (tick) => tick / scale,
        unit: "number",
      };
    }
  }
}

/** Ticks of `each` months since 1970. */
function months(each: number): Pick<Ticks, "toTick" | "fromTick"> {
  return {
    toTick: (value) => {
      const date = new Date(value);
      const since = 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
      return Number.isNaN(since) ? 0 : Math.floor(since / each);
    },
    fromTick: (tick) => {
      const date = new Date(0);
      date.setUTCFullYear(1970, tick * each, 1);
      return date.getTime();
    },
  };
}

/** First tick of a year. */
export const yearTick = (ticks: Ticks, year: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 1);
  return ticks.toTick(date.getTime());
};
