import { basename } from "node:path";
import {
  candidatesOf,
  cleaningBy,
  joinFiles,
  KEEPS,
  likelyChoice,
  readMade,
  type JoinChoice,
  type JoinedFile,
  type JoinSide,
} from "../core/lab/lab.ts";
import { fileAt, readAs, type ReadAt, type ReadHow } from "./files.ts";
import { badUse, textOf, type Given, type OptionSpecs } from "./options.ts";

/** Other files that are joined to the table by a key. */
export const joinOptions: OptionSpecs = {
  join: {
    value: "FILE",
    help: "Join this file to the table; may be given several times, each with its --key. Every row of the table stays.",
    many: true,
  },
  key: {
    value: "COLUMN",
    help: "The column that both have: case_no, or patient=pid where the names differ, or site,nr for several together. The likeliest one unless said.",
    many: true,
  },
  keep: {
    value: "LIST",
    help: `What is kept of several rows for one: ${KEEPS.join(", ")}, with commas between (first,last); or visits: every row of FILE stays as a visit, with the columns of the table repeated.`,
  },
};

/** The table at `path` with the files of --join joined to it; undefined: none are. Rejects with FaultError. */
export async function readJoined(
  path: string,
  given: Given,
  { changes = [], repair = {}, choice = {}, automatic = true }: ReadHow,
): Promise<ReadAt | undefined> {
  const paths = given.lists["join"] ?? [];
  const keys = given.lists["key"] ?? [];
  const keep = keepOf(given);
  if (paths.length === 0) {
    for (const name of ["key", "keep"])
      if (given.lists[name] !== undefined || given.values[name] !== undefined)
        throw badUse(`--${name} goes with --join.`);
    return undefined;
  }
  if (keys.length > 1 && keys.length !== paths.length)
    throw badUse("Give --key once for all of --join, or once for each of them, in the same order.");
  const rights: JoinedFile[] = [];
  for (const [i, other] of paths.entries()) {
    const key = keys.length === 1 ? keys[0] : keys[i];
    const join = (left: JoinSide, right: JoinSide): JoinChoice | undefined =>
      choiceOf(key, keep, left, right);
    rights.push({ file: await fileAt(other), join });
  }
  const left = { file: await fileAt(path), choice };
  const { pieces, name: _joined, ...made } = await joinFiles(left, rights, { repair, largest: true });
  const cleaning = cleaningBy(changes, { automatic });
  const read = await readMade(pieces, made, {
    name: basename(path),
    changes: cleaning.changes,
    clean: cleaning.clean,
  });
  return readAs(read, cleaning);
}

type Kept = Pick<JoinChoice, "keep" | "visits">;

function keepOf(given: Given): Kept {
  const text = textOf(given, "keep")?.trim();
  if (text === undefined) return { keep: [] };
  if (text === "visits") return { keep: [], visits: true };
  if (/(^|,)\s*visits\s*(,|$)/.test(text))
    throw badUse("--keep visits keeps every row, so nothing else goes with it.");
  const keep = text.split(",").map((word) => {
    const keep = KEEPS.find((known) => known === word.trim());
    if (keep === undefined)
      throw badUse(`--keep must be of ${KEEPS.join(", ")}, or visits, not “${word.trim()}”.`);
    return keep;
  });
  return { keep };
}

function choiceOf(
  key: string | undefined,
  kept: Kept,
  left: JoinSide,
  right: JoinSide,
): JoinChoice | undefined {
  if (key !== undefined) return { keys: keysOf(key, left.names), ...kept };
  const likely = likelyChoice(candidatesOf(left, right));
  return likely && (kept.keep.length === 0 && kept.visits === undefined ? likely : { ...likely, ...kept });
}

/** "patient=pid,site": pairs of columns; a name may have a comma or = itself. */
export function keysOf(text: string, names: readonly string[]): JoinChoice["keys"] {
  if (names.includes(text)) return [{ left: text, right: text }];
  return text.split(",").map((pair) => {
    const at = pair.indexOf("=");
    if (names.includes(pair.trim()) || at < 0) return { left: pair.trim(), right: pair.trim() };
    return { left: pair.slice(0, at).trim(), right: pair.slice(at + 1).trim() };
  });
}
