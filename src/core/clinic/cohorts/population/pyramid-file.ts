import { FaultError } from "../../../fault.ts";
import { checkPyramid, OLDEST } from "./pyramid.ts";
import type { Pyramid, PyramidBand } from "./pyramid.ts";

const HOW =
  "Write a line of names and one line a band: age,women,men with ages as 20-29, 85+ or 40; or from,to,women,men.";

const NAMES: Readonly<Record<string, "age" | "from" | "to" | "women" | "men">> = {
  age: "age",
  ages: "age",
  from: "from",
  to: "to",
  women: "women",
  female: "women",
  females: "women",
  men: "men",
  male: "men",
  males: "men",
};

/**
 * The age pyramid in a delimited text (comma, semicolon or tab): `age,women,men` or `from,to,women,men`.
 * @param file what the file is called
 * Throws FaultError `simulation-refused` for what is none, or nobody can be drawn from.
 */
export function readPyramid(text: string, file: string): Pyramid {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, i) => ({ line, place: i + 1 }))
    .filter(({ line }) => line.trim() !== "");
  const [head, ...rest] = lines;
  if (head === undefined || rest.length === 0) refuse(`${file} holds no age pyramid.`);
  const mark = [";", "\t"].find((one) => head?.line.includes(one)) ?? ",";
  const cellsOf = (line: string): string[] =>
    line.split(mark).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const names = cellsOf(head?.line ?? "").map((name) => NAMES[name.toLowerCase()]);
  const has = (name: (typeof names)[number]): boolean => names.includes(name);
  if (!has("women") || !has("men") || !(has("age") || (has("from") && has("to"))))
    refuse(
      `${file} begins with “${(head?.line ?? "").slice(0, 80)}”, which does not name ages, women and men.`,
    );
  const pyramid = rest.map(({ line, place }) =>
    bandOf(new Map(names.map((name, i) => [name, cellsOf(line)[i] ?? ""])), `Line ${place} of ${file}`),
  );
  checkPyramid(pyramid);
  return pyramid;
}

function bandOf(cells: ReadonlyMap<string | undefined, string>, where: string): PyramidBand {
  const number = (name: string, text = cells.get(name) ?? ""): number => {
    const value = text === "" ? NaN : Number(text);
    if (Number.isNaN(value)) refuse(`${where} has “${text.slice(0, 40)}” where ${name} is to be a number.`);
    return value;
  };
  const [, begin, end, open] = /^(\d+)(?:\s*[-–]\s*(\d+)|\s*(\+))?$/.exec(cells.get("age") ?? "") ?? [];
  if (cells.has("age") && begin === undefined)
    refuse(`${where} has the ages “${(cells.get("age") ?? "").slice(0, 40)}”.`);
  const from = begin === undefined ? number("from") : Number(begin);
  const last = open === undefined ? from : OLDEST;
  const to = begin === undefined ? number("to") : end === undefined ? last : Number(end);
  return { from, to, women: number("women"), men: number("men") };
}

function refuse(reason: string): never {
  throw new FaultError({ code: "simulation-refused", reason, remedy: HOW });
}
