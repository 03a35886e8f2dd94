import { FaultError } from "../../../fault.ts";
import { checkPyramid, OLDEST } from "./pyramid.ts";
import type { Pyramid, PyramidBand } from "./pyramid.ts";

const HOW =
  "Write a line of names and one line a band: age,women,men with ages as 20-29, 85+ or 40; or from,to,women,men. Numbers have no marks between thousands.";

/** Bands of single years, their names and room to spare. */
const MOST_CHARACTERS = 100_000;
/** Where a band without an end ends, if it begins before. */
const OPEN_END = 95;

type Name = "age" | "from" | "to" | "women" | "men";

const WORDS: Readonly<Record<Name, string>> = {
  age: "age ages age_group age_band alter altersgruppe edad edades grupo_de_edad âge âges age_ans tranche_d'âge",
  from: "from von desde de",
  to: "to bis hasta à a",
  women: "women female females woman f frauen weiblich mujeres mujer femmes femme",
  men: "men male males man m männer maenner männlich hombres hombre hommes homme",
};

const NAMES: ReadonlyMap<string, Name> = new Map(
  (Object.keys(WORDS) as Name[]).flatMap((name) => WORDS[name].split(" ").map((word) => [word, name])),
);

const nameOf = (cell: string): Name | undefined => NAMES.get(cell.toLowerCase().replaceAll(" ", "_"));

/**
 * The age pyramid in a delimited text (comma, semicolon, tab or bar): `age,women,men` or `from,to,women,men`, in English,
 * German, French or Spanish. Where the mark between cells is no comma, numbers may have a decimal comma.
 * @param file what the file is called
 * Throws FaultError `simulation-refused` for what is none, or nobody can be drawn from.
 */
export function readPyramid(text: string, file: string): Pyramid {
  if (text.length > MOST_CHARACTERS)
    refuse(`${file} has ${text.length.toLocaleString("en-US")} characters, more than any age pyramid.`);
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line, i) => ({ line, place: i + 1 }))
    .filter(({ line }) => line.trim() !== "");
  const [head, ...rest] = lines;
  if (head === undefined || rest.length === 0) return refuse(`${file} holds no age pyramid.`);
  const mark = [";", "\t", "|"].find((one) => head.line.includes(one)) ?? ",";
  const names = namesOf(cellsOf(head.line, mark), head.line, file);
  const bands = rest.map(({ line, place }) => {
    const [cells, where] = [cellsOf(line, mark), `Line ${place} of ${file}`];
    if (cells.slice(names.length).some((cell) => cell !== ""))
      refuse(`${where} has ${cells.length} cells, and the first line ${names.length}.`);
    const named = names.flatMap((name, i) => (name === undefined ? [] : [[name, cells[i] ?? ""] as const]));
    return { band: bandOf(new Map(named), where, mark), where };
  });
  checkApart(bands);
  const pyramid = bands.map(({ band }) => band);
  checkPyramid(pyramid);
  return pyramid;
}

/** Cells of a line; what stands in quotes may hold the mark. */
function cellsOf(line: string, mark: string): string[] {
  const cells: string[] = [""];
  let quoted = false;
  for (const sign of line)
    if (sign === '"') quoted = !quoted;
    else if (sign === mark && !quoted) cells.push("");
    else cells[cells.length - 1] += sign;
  return cells.map((cell) => cell.trim());
}

function namesOf(cells: readonly string[], line: string, file: string): (Name | undefined)[] {
  const names = cells.map(nameOf);
  const has = (name: Name): boolean => names.includes(name);
  if (!has("women") || !has("men") || !(has("age") || (has("from") && has("to"))))
    refuse(`${file} begins with “${line.slice(0, 80)}”, which does not name ages, women and men.`);
  const twice = names.find((name, i) => name !== undefined && names.indexOf(name) !== i);
  if (twice !== undefined) refuse(`${file} names ${twice} twice in its first line.`);
  return names;
}

function bandOf(cells: ReadonlyMap<Name, string>, where: string, mark: string): PyramidBand {
  const number = (name: Name): number => {
    const text = cells.get(name) ?? "";
    if (mark === ";" && /^[1-9]\d{0,2}([.,]\d{3})+$/.test(text))
      refuse(`${where} has “${text.slice(0, 40)}”, which may be thousands or a fraction.`);
    const plain = mark === "," ? text : text.replace(/^(\d+),(\d+)$/, "$1.$2");
    if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain))
      refuse(`${where} has “${text.slice(0, 40)}” where ${name} is to be a number.`);
    return Number(plain);
  };
  const counts = { women: number("women"), men: number("men") };
  const age = cells.get("age");
  if (age === undefined) return { from: number("from"), to: number("to"), ...counts };
  const [, begin, end, open] = /^(\d+)(?:\s*(?:[-–]|to|bis|à|a)\s*(\d+)|\s*(\+))?$/i.exec(age) ?? [];
  if (begin === undefined) return refuse(`${where} has the ages “${age.slice(0, 40)}”.`);
  const from = Number(begin);
  const last = open === undefined ? from : from < OPEN_END ? OPEN_END : OLDEST;
  return { from, to: end === undefined ? last : Number(end), ...counts };
}

/** Nobody is counted twice. */
function checkApart(bands: readonly { readonly band: PyramidBand; readonly where: string }[]): void {
  const inOrder = bands.toSorted((a, b) => a.band.from - b.band.from);
  for (const [i, { band, where }] of inOrder.entries()) {
    const before = inOrder[i - 1];
    if (before !== undefined && band.from <= before.band.to)
      refuse(
        `${where} has the ages ${band.from} to ${band.to}, some of which ${before.where} has already (${before.band.from} to ${before.band.to}).`,
      );
  }
}

function refuse(reason: string): never {
  throw new FaultError({ code: "simulation-refused", reason, remedy: HOW });
}
