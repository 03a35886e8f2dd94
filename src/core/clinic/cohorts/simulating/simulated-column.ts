import type { Column, ColumnSchema, Kind, NumberFormat, Role, Table } from "../../../table/table.ts";

/** One column of a simulated cohort: its schema and its cells. */
export interface SimulatedColumn {
  readonly schema: ColumnSchema;
  readonly column: Column;
}

interface Description {
  readonly kind: Kind;
  readonly role?: Role;
  readonly reason: string;
}

const describe = (name: string, { kind, role, reason }: Description): ColumnSchema => ({
  name,
  kind,
  role: role ?? "feature",
  reason,
  missingToken: "",
});

/** A column of numbers, rounded to `decimals` places; NaN = missing. */
export function measured(
  name: string,
  values: Float64Array,
  decimals: number,
  reason: string,
  role: Role = "feature",
): SimulatedColumn {
  const scale = 10 ** decimals;
  const number: NumberFormat = {
    decimals,
    decimalMark: ".",
    thousandsMark: "",
    ...(decimals > 0 ? { leastDecimals: decimals } : {}),
    exact: true,
  };
  return {
    schema: {
      ...describe(name, { kind: decimals === 0 ? "integer" : "decimal", role, reason }),
      number,
    },
    column: { type: "numeric", values: rounded(values, scale) },
  };
}

function rounded(values: Float64Array, scale: number): Float64Array {
  const whole = new Float64Array(values.length);
  for (let i = 0; i < whole.length; i++) whole[i] = Math.round((values[i] as number) * scale) / scale;
  return whole;
}

/** A column of date-times, milliseconds since 1970 without a zone, cut to whole minutes or days by `step`. */
export function dated(
  name: string,
  values: Float64Array,
  step: number,
  pattern: string,
  reason: string,
): SimulatedColumn {
  return {
    schema: { ...describe(name, { kind: "datetime", reason }), date: { pattern, exact: true } },
    column: { type: "numeric", values: values.map((value) => Math.floor(value / step) * step) },
  };
}

/** A column of codes into `levels`; -1 = missing. */
export function coded(
  name: string,
  codes: Int32Array,
  levels: readonly string[],
  description: Description,
): SimulatedColumn {
  return { schema: describe(name, description), column: { type: "coded", codes, levels } };
}

/** "No" / "Yes" from 0 / 1. */
export function yesNo(name: string, codes: Int32Array, reason: string, role?: Role): SimulatedColumn {
  return coded(name, codes, ["No", "Yes"], {
    kind: "boolean",
    reason,
    ...(role === undefined ? {} : { role }),
  });
}

/** The columns as a table with the dialect of a plain comma-separated UTF-8 file. */
export function tableOf(name: string, rows: number, columns: readonly SimulatedColumn[]): Table {
  return {
    name,
    rows,
    columns: columns.map(({ column }) => column),
    schema: {
      columns: columns.map(({ schema }) => schema),
      dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
      missingTokens: [""],
    },
  };
}
