import * as z from "zod";
import { FaultError } from "../../../fault.ts";
import { everyNumber } from "./numbers.ts";
import { sources } from "./sources.ts";
import type { SourcedNumber } from "./sourced-number.ts";

z.config({ jitless: true });

/** The numbers of the simulator as a file that a person edits by hand: one number a line, only `value` is taken. */
const FILE = "semblance-simulator-numbers";
const VERSION = 1;
const MOST_CHARACTERS = 5_000_000;

const fileShape = z.strictObject({
  file: z.literal(FILE),
  version: z.number(),
  how: z.string().optional(),
  numbers: z.array(z.unknown()),
});

const rowShape = z.strictObject({
  id: z.string(),
  value: z.number(),
  unit: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  about: z.string().optional(),
  measure: z.string().optional(),
  population: z.string().optional(),
  source: z.string().optional(),
  how: z.string().optional(),
  note: z.string().optional(),
});

/** A number that the file sets otherwise than published. */
export interface EditedNumber {
  readonly id: string;
  readonly about: string;
  readonly unit: string;
  readonly published: number;
  readonly value: number;
}

export interface NumbersFile {
  /** for `Simulation.numbers`: what was edited, and nothing else */
  readonly values: Readonly<Record<string, number>>;
  readonly edited: readonly EditedNumber[];
}

const byId = new Map(everyNumber.map((number) => [number.id, number]));
const citations = new Map(sources.map(({ id, citation, year }) => [id, `${citation} (${year})`]));

/** Every number as JSON, one a line; `edited`: values that stand in the place of published ones. */
export function writeNumbersFile(edited: Readonly<Record<string, number>> = {}): string {
  const lines = everyNumber.map(({ id, value, unit, range, about, population, source, how, note }) =>
    JSON.stringify({
      id,
      value: edited[id] ?? value,
      unit,
      range,
      about,
      population,
      source: citations.get(source) ?? source,
      how,
      ...(note !== undefined && { note }),
    }),
  );
  const how = "Edit values within their ranges; rows that are left out keep their published values.";
  const head = `{"file": ${JSON.stringify(FILE)}, "version": ${VERSION}, "how": ${JSON.stringify(how)}, "numbers": [`;
  return `${head}\n${lines.join(",\n")}\n]}\n`;
}

/** How a fresh file is had in the terminal, within a sentence. */
const TERMINAL = "with --write-numbers FILE";

/**
 * What a file of `writeNumbersFile`, edited by hand, sets otherwise than published.
 * @param file what the file is called
 * @param anew how a fresh file is had where it is read: "with “Save as a file”"; in the terminal unless said
 * Throws FaultError `numbers-file-unreadable`, which names the row, what stands there and what may.
 */
export function readNumbersFile(text: string, file: string, anew = TERMINAL): NumbersFile {
  const rows = rowsOf(text, file, anew);
  const before = new Map<string, number>();
  const edited = rows.flatMap((row, place): EditedNumber[] => {
    const { number, value } = rowOf(row, place + 1, { file, anew });
    const first = before.get(number.id);
    if (first !== undefined)
      refuse(
        `Row ${place + 1} of ${file} sets ${number.id}, which row ${first} sets already.`,
        "Keep one of them.",
      );
    before.set(number.id, place + 1);
    const { id, about, unit } = number;
    return value === number.value ? [] : [{ id, about, unit, published: number.value, value }];
  });
  return { values: Object.fromEntries(edited.map(({ id, value }) => [id, value])), edited };
}

/** One sentence for each number that was edited. */
export const editedLines = (edited: readonly EditedNumber[]): string[] =>
  edited.map(
    ({ id, about, unit, published, value }) =>
      `${id} is ${value}${unit === "1" ? "" : ` ${unit}`} in the place of the published ${published} (${about}).`,
  );

function rowsOf(text: string, file: string, anew: string): readonly unknown[] {
  const again = `Begin again from a fresh file, which you get ${anew}, and edit values only.`;
  if (text.length > MOST_CHARACTERS)
    refuse(`${file} has ${text.length.toLocaleString("en-US")} characters.`, again);
  if (text.trim() === "") refuse(`${file} is empty.`, again);
  if (text.trimStart().startsWith("<"))
    refuse(`${file} begins with “<”: it is HTML or XML, not the simulator's numbers.`, again);
  const json = jsonOf(text, file);
  const parsed = fileShape.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") ?? "";
    refuse(
      `${file} is no file of the simulator's numbers: ${where === "" ? "" : `at “${where}”, `}${issue?.message ?? ""}.`,
      again,
    );
  }
  const { version, numbers } = parsed.data;
  if (version !== VERSION)
    refuse(`${file} is of version ${version}; this Semblance reads version ${VERSION}.`, again);
  return numbers;
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const at = /position (\d+)/.exec(message)?.[1];
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split("\n").length;
    return refuse(
      `${file} is not JSON${line === undefined ? "" : ` from line ${line} on`}.`,
      "Look for a comma, a quote or a bracket that is missing or too many there; numbers have a point, not a comma.",
    );
  }
}

function rowOf(
  row: unknown,
  place: number,
  { file, anew }: { readonly file: string; readonly anew: string },
): { readonly number: SourcedNumber; readonly value: number } {
  const id = z.object({ id: z.string() }).safeParse(row);
  const where = `Row ${place} of ${file}${id.success ? ` (${shown(id.data.id)})` : ""}`;
  const number = id.success ? byId.get(id.data.id) : undefined;
  if (!id.success) return refuse(`${where} has no id.`, 'A row is { "id": "sbp.mean.men", "value": 123 }.');
  if (number === undefined)
    return refuse(`${where} is a number that the simulator does not have.`, nearestOf(id.data.id, anew));
  const parsed = rowShape.safeParse(row);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? "");
    const stands = z.record(z.string(), z.unknown()).safeParse(row);
    const cell = stands.success ? JSON.stringify(stands.data[name]) : undefined;
    if (name === "value")
      return refuse(`${where} has the value ${shown(cell ?? "nothing")}, which is no number.`, mayBe(number));
    return refuse(
      `${where} cannot be read: ${name === "" ? "" : `“${name}”: `}${issue?.message ?? ""}.`,
      mayBe(number),
    );
  }
  checkRow(parsed.data, number, where);
  return { number, value: parsed.data.value };
}

function checkRow(row: z.infer<typeof rowShape>, number: SourcedNumber, where: string): void {
  const marked = Object.entries(row).find(([, cell]) => typeof cell === "string" && /<\/?[a-z!]/i.test(cell));
  if (marked !== undefined)
    refuse(`${where} holds HTML in “${marked[0]}”.`, "Only values are edited; leave the words as they were.");
  if (row.unit !== undefined && row.unit !== number.unit)
    refuse(`${where} is in ${shown(row.unit)}; the simulator has it in ${number.unit}.`, mayBe(number));
  const [least, most] = number.range;
  if (row.range !== undefined && (row.range[0] !== least || row.range[1] !== most))
    refuse(
      `${where} has the range ${row.range.join(" to ")}; its range is ${least} to ${most}, and a file cannot change it.`,
      mayBe(number),
    );
  if (!(row.value >= least && row.value <= most))
    refuse(`${where} has the value ${row.value}, beyond what it can be.`, mayBe(number));
}

const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const mayBe = ({ about, unit, range: [least, most], value }: SourcedNumber): string =>
  `It may be a number from ${least} to ${most}${unit === "1" ? "" : ` ${unit}`} (${about}; published: ${value}).`;

/** Ids that begin as `id` does, to choose from. */
function nearestOf(id: string, anew: string): string {
  const [stem = ""] = id.split(".");
  const near = everyNumber.filter((number) => number.id.startsWith(`${stem}.`)).slice(0, 8);
  return near.length === 0
    ? `Leave the row out; those that there are you get ${anew}.`
    : `Known are ${near.map((number) => number.id).join(", ")}; all of them you get ${anew}.`;
}

function refuse(reason: string, remedy: string): never {
  throw new FaultError({ code: "numbers-file-unreadable", reason, remedy });
}
