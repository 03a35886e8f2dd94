import { ByteBuilder } from "./byte-builder.ts";
import { cutBytes, distinctNames, type Variable } from "./variables.ts";

const RECORD = 80;
/** What version 5 has room for: bytes of a name, a label, a text. */
const SHORT = { name: 8, label: 40, text: 200 } as const;
const LONG = { name: 32, label: 256 } as const;
const STAMP = "01JAN26:00:00:00";
const VARIABLE = 140;

const allowed = (name: string): string => {
  const marks = name.trim().replace(/[^A-Za-z0-9_]/g, "_");
  return /^[A-Za-z_]/.test(marks) ? marks : `_${marks}`;
};

/** Names as SAS allows them and labels: the name of the source where it is another one and has no label. */
export interface Described {
  readonly name: string;
  readonly label: string;
}

/** The version that has room for the names, labels and texts, and what the columns are called in it. */
export function describe(variables: readonly Variable[]): {
  readonly version: 5 | 8;
  readonly columns: Described[];
} {
  const encoder = new TextEncoder();
  const names = distinctNames(
    variables.map(({ column }) => column.schema.name),
    allowed,
    LONG.name,
  );
  const columns = variables.map(({ column: { schema } }, i) => {
    const name = names[i] as string;
    return { name, label: schema.label ?? (name === schema.name ? "" : schema.name) };
  });
  const short =
    columns.every(
      ({ name, label }) => name.length <= SHORT.name && encoder.encode(label).length <= SHORT.label,
    ) && variables.every(({ width }) => width <= SHORT.text);
  return { version: short ? 5 : 8, columns };
}

/** The format of a column: its name, width and decimals. */
export function formatOf({ type, moments, decimals, column }: Variable): readonly [string, number, number] {
  if (type === "text") return ["", 0, 0];
  if (moments === "date") return ["DATE", 9, 0];
  if (moments === "time") return ["TIME", 8, 0];
  if (moments === "datetime")
    return /S{3}|f/.test(column.schema.date?.pattern ?? "") ? ["DATETIME", 23, 3] : ["DATETIME", 19, 0];
  return decimals > 0 ? ["", Math.min(32, decimals + 10), decimals] : ["", 0, 0];
}

const header = (name: string, rest: string): string =>
  `HEADER RECORD*******${name.padEnd(8)}HEADER RECORD!!!!!!!${rest}`.padEnd(RECORD);
const ZEROS = "0".repeat(30);

/** What stands before the rows (SAS TS-140). `rows` is said in version 8 only. */
export function xptHeaders(
  table: string,
  variables: readonly Variable[],
  { version, columns }: ReturnType<typeof describe>,
  rows: number,
): Uint8Array {
  const bytes = new ByteBuilder(false);
  const long = version === 8;
  const sas = `${"SAS".padEnd(8)}${"SAS".padEnd(8)}${"SASLIB".padEnd(8)}9.4     `;
  bytes.text(header(long ? "LIBV8" : "LIBRARY", ZEROS));
  bytes.text(`${sas}Semblanc`, 64).text(STAMP).text(STAMP, RECORD);
  bytes.text(header(long ? "MEMBV8" : "MEMBER", `${"0".repeat(17)}1600000000140`));
  bytes.text(header(long ? "DSCPTV8" : "DSCRPTR", ZEROS));
  const name = allowed(table)
    .toUpperCase()
    .slice(0, long ? LONG.name : SHORT.name);
  bytes
    .text("SAS", 8)
    .text(name, long ? 32 : 8)
    .text("SASDATA", 8)
    .text("9.4", 8)
    .text("Semblanc", long ? 8 : 32)
    .text(STAMP);
  bytes.text(`${STAMP}${" ".repeat(16)}Synthetic data, not real patients`, RECORD);
  bytes.text(
    header(long ? "NAMSTV8" : "NAMESTR", `${String(variables.length).padStart(10, "0")}${"0".repeat(20)}`),
  );
  let at = 0;
  variables.forEach((variable, i) => {
    variableRecord(bytes, variable, columns[i] as Described, i + 1, at, long);
    at += variable.width;
  });
  bytes.fill(32, (RECORD - ((variables.length * VARIABLE) % RECORD)) % RECORD);
  if (long) longLabels(bytes, columns);
  bytes.text(header(long ? "OBSV8" : "OBS", long ? String(rows).padStart(15) : ZEROS));
  return bytes.take();
}

function variableRecord(
  bytes: ByteBuilder,
  variable: Variable,
  { name, label }: Described,
  number: number,
  at: number,
  long: boolean,
): void {
  const [format, width, decimals] = formatOf(variable);
  const text = variable.type === "text";
  const said = cutBytes(label, SHORT.label);
  bytes
    .int16(text ? 2 : 1)
    .int16(0)
    .int16(variable.width)
    .int16(number)
    .text(name.slice(0, 8), 8)
    .padded(said, SHORT.label);
  bytes
    .text(format, 8)
    .int16(width)
    .int16(decimals)
    .int16(text ? 0 : 1)
    .fill(0, 2)
    .text("", 8)
    .int16(0)
    .int16(0)
    .int32(at);
  if (!long) bytes.fill(0, 52);
  else bytes.text(name, 32).int16(cutBytes(label, LONG.label).length).fill(0, 18);
}

/** Names and labels that are too long for their place in version 5. */
function longLabels(bytes: ByteBuilder, columns: readonly Described[]): void {
  const long = columns.flatMap(({ name, label }, i) => {
    const said = cutBytes(label, LONG.label);
    return name.length > SHORT.name || said.length > SHORT.label ? [{ name, said, number: i + 1 }] : [];
  });
  if (long.length === 0) return;
  bytes.text(header("LABELV8", String(long.length)));
  let length = 0;
  for (const { name, said, number } of long) {
    bytes.int16(number).int16(name.length).int16(said.length).text(name).put(said);
    length += 6 + name.length + said.length;
  }
  bytes.fill(32, (RECORD - (length % RECORD)) % RECORD);
}
