import { ByteBuilder } from "./byte-builder.ts";
import { cutBytes, distinctNames, type Variable } from "./variables.ts";

/** Bytes of text in a segment of a very long one, and by how many its width grows (PSPP, record 14). */
const SEGMENT = 255;
const EFFECTIVE = 252;
export const BIAS = 100;

/** Widths of the segments that a text of `width` bytes is stored in. */
export function segmentsOf(width: number): number[] {
  if (width <= SEGMENT) return [width];
  const many = Math.ceil(width / EFFECTIVE);
  return Array.from({ length: many }, (_, i) => (i < many - 1 ? SEGMENT : width - i * EFFECTIVE));
}

const RESERVED = /^(ALL|AND|BY|EQ|GE|GT|LE|LT|NE|NOT|OR|TO|WITH)$/i;

/** A name as SPSS allows it: a letter first, no blanks or other marks, no full stop at its end. */
function allowed(name: string): string {
  const marks = name
    .trim()
    .replace(/[^\p{L}\p{N}_.@#$]/gu, "_")
    .replace(/\.+$/, "_");
  const begun = /^[\p{L}@]/u.test(marks) ? marks : `V_${marks}`;
  return RESERVED.test(begun) ? `${begun}_` : begun;
}

/** SPSS's numbers of formats. */
const FORMATS = { A: 1, F: 5, DATE: 20, TIME: 21, DATETIME: 22, ADATE: 23, EDATE: 38, SDATE: 39 } as const;
const KEPT = /^(F|DATE|TIME|DATETIME|ADATE|EDATE|SDATE)(\d+)(?:\.(\d+))?$/;
const MOMENTS: Readonly<Record<string, NonNullable<Variable["moments"]>>> = {
  DATE: "date",
  ADATE: "date",
  EDATE: "date",
  SDATE: "date",
  TIME: "time",
  DATETIME: "datetime",
};

/** The format of the source where it is one of SPSS's and fits, else the common one for such cells, as one integer. */
function formatOf({ column, type, moments, decimals, width, labels }: Variable): number {
  const coded = (kind: keyof typeof FORMATS, wide: number, places = 0): number =>
    (FORMATS[kind] << 16) | (wide << 8) | places;
  if (type === "text") return coded("A", Math.min(SEGMENT, width));
  const kept = KEPT.exec(column.schema.storedAs ?? "");
  if (kept !== null && MOMENTS[kept[1] as string] === moments) {
    return coded(
      kept[1] as keyof typeof FORMATS,
      Math.min(40, Number(kept[2])),
      Math.min(16, Number(kept[3] ?? 0)),
    );
  }
  if (moments === "date") return coded("DATE", 11);
  if (moments === "datetime")
    return coded(
      "DATETIME",
      /S{3}|f/.test(column.schema.date?.pattern ?? "") ? 23 : 20,
      /S{3}|f/.test(column.schema.date?.pattern ?? "") ? 3 : 0,
    );
  if (moments === "time") return coded("TIME", 8);
  return coded("F", labels.length > 0 ? 8 : Math.max(8, decimals + 8), decimals);
}

const NOMINAL = 1;
const ORDINAL = 2;
const SCALE = 3;

function measureOf({ column, type, labels }: Variable): number {
  if (column.schema.measure === "ordinal") return ORDINAL;
  return type === "text" || labels.length > 0 || column.schema.kind === "category" ? NOMINAL : SCALE;
}

const MOST_NAME = 64;
const MOST_LABEL = 255;
const MOST_VALUE_LABEL = 120;
const SHORT = 8;

/**
 * What stands before the rows of a system file (GNU PSPP, “System File Format”). How many rows there will be is not said:
 * they end where the file does.
 */
export function savDictionary(variables: readonly Variable[]): Uint8Array {
  const bytes = new ByteBuilder();
  const elements = variables.reduce(
    (sum, { type, width }) =>
      sum +
      (type === "number" ? 1 : segmentsOf(width).reduce((own, segment) => own + Math.ceil(segment / 8), 0)),
    0,
  );
  bytes
    .text("$FL2")
    .text("@(#) SPSS DATA FILE Semblance", 60)
    .int32(2)
    .int32(elements)
    .int32(1)
    .int32(0)
    .int32(-1);
  bytes
    .float64(BIAS)
    .text("01 Jan 26")
    .text("00:00:00")
    .text("Synthetic data, not real patients", 64)
    .fill(0, 3);
  const names = distinctNames(
    variables.map(({ column }) => column.schema.name),
    allowed,
    MOST_NAME,
  );
  const heads: number[] = [];
  const shortNames: string[] = [];
  let place = 0;
  let segments = 0;
  variables.forEach((variable, i) => {
    heads.push(place + 1);
    shortNames.push(`V${segments + 1}`);
    const widths = variable.type === "number" ? [0] : segmentsOf(variable.width);
    widths.forEach((width, segment) => {
      segments++;
      const label = segment === 0 ? labelOf(variable, names[i] as string) : "";
      variableRecord(
        bytes,
        `V${segments}`,
        width,
        label,
        width === 0 ? formatOf(variable) : (1 << 16) | (width << 8),
      );
      const more = Math.max(0, Math.ceil(width / 8) - 1);
      for (let n = 0; n < more; n++)
        bytes.int32(2).int32(-1).int32(0).int32(0).int32(0x011d01).int32(0x011d01).text("", SHORT);
      place += 1 + more;
    });
  });
  shortLabels(bytes, variables, heads);
  extension(
    bytes,
    3,
    4,
    new ByteBuilder().int32(20).int32(0).int32(0).int32(-1).int32(1).int32(1).int32(2).int32(65001),
  );
  const extremes = new ByteBuilder().float64(-Number.MAX_VALUE).float64(Number.MAX_VALUE).float64(LOWEST);
  extension(bytes, 4, 8, extremes);
  const shown = new ByteBuilder();
  for (const variable of variables) {
    const many = variable.type === "number" ? 1 : segmentsOf(variable.width).length;
    for (let n = 0; n < many; n++)
      shown
        .int32(measureOf(variable))
        .int32(8)
        .int32(variable.type === "number" ? 1 : 0);
  }
  extension(bytes, 11, 4, shown);
  const encoder = new TextEncoder();
  const pairs = names.map((name, i) => `${shortNames[i]}=${name}`).join("\t");
  extension(bytes, 13, 1, new ByteBuilder().put(encoder.encode(pairs)));
  const long = variables.flatMap(({ type, width }, i) =>
    type === "text" && width > SEGMENT ? [`${shortNames[i]}=${String(width).padStart(5, "0")}\0\t`] : [],
  );
  if (long.length > 0) extension(bytes, 14, 1, new ByteBuilder().text(long.join("")));
  extension(bytes, 20, 1, new ByteBuilder().text("UTF-8"));
  longLabels(bytes, variables, names);
  return bytes.int32(999).int32(0).take();
}

/** The greatest number below all others but the one that stands for missing. */
const LOWEST = -1.797693134862315e308;

/** The label of the source; the name where SPSS does not allow it as it is. */
function labelOf({ column: { schema } }: Variable, name: string): string {
  return schema.label ?? (name === schema.name ? "" : schema.name);
}

function variableRecord(
  bytes: ByteBuilder,
  name: string,
  width: number,
  label: string,
  format: number,
): void {
  const said = cutBytes(label, MOST_LABEL);
  bytes
    .int32(2)
    .int32(width)
    .int32(said.length > 0 ? 1 : 0)
    .int32(0)
    .int32(format)
    .int32(format)
    .text(name, SHORT);
  if (said.length > 0) bytes.int32(said.length).padded(said, Math.ceil(said.length / 4) * 4);
}

/** Records 3 and 4: value labels of numbers and of texts of at most 8 bytes. */
function shortLabels(bytes: ByteBuilder, variables: readonly Variable[], heads: readonly number[]): void {
  variables.forEach(({ type, width, labels }, i) => {
    if (labels.length === 0 || (type === "text" && width > SHORT)) return;
    bytes.int32(3).int32(labels.length);
    for (const { code, label } of labels) {
      if (type === "number") bytes.float64(Number(code));
      else bytes.padded(cutBytes(code, SHORT), SHORT);
      const said = cutBytes(label, MOST_VALUE_LABEL);
      bytes.put(Uint8Array.of(said.length)).padded(said, Math.ceil((said.length + 1) / 8) * 8 - 1);
    }
    bytes
      .int32(4)
      .int32(1)
      .int32(heads[i] as number);
  });
}

/** Record 21: value labels of longer texts. */
function longLabels(bytes: ByteBuilder, variables: readonly Variable[], names: readonly string[]): void {
  const encoder = new TextEncoder();
  const all = new ByteBuilder();
  variables.forEach(({ type, width, labels }, i) => {
    if (labels.length === 0 || type === "number" || width <= SHORT) return;
    const name = encoder.encode(names[i] as string);
    all.int32(name.length).put(name).int32(width).int32(labels.length);
    for (const { code, label } of labels) {
      const said = cutBytes(label, MOST_VALUE_LABEL);
      all.int32(width).padded(encoder.encode(code), width).int32(said.length).put(said);
    }
  });
  if (all.length > 0) extension(bytes, 21, 1, all);
}

function extension(bytes: ByteBuilder, subtype: number, size: number, content: ByteBuilder): void {
  const body = content.take();
  bytes
    .int32(7)
    .int32(subtype)
    .int32(size)
    .int32(body.length / size)
    .put(body);
}
