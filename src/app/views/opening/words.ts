/** What the choosing says of itself. */
import type { Keep } from "../../../core/intake/join/join.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import {
  columnsOf,
  nameOf,
  sameSheet,
  sheetAt,
  type ChoosingState,
  type Purpose,
  type SheetAt,
} from "../../state/choosing/choosing-state.ts";

/** "a", "a and b", "a, b and c". */
export function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
export const inWords = (n: number): string => numbers[n] ?? count(n);

export function titleOf(state: ChoosingState): string {
  const { job, ticked, purpose, files, join } = state;
  if (job !== undefined)
    return files.length === 1
      ? `Looking into ${files[0]?.name ?? ""}`
      : `Looking into ${inWords(files.length)} files`;
  const [first, second] = ticked;
  if (first === undefined) return "Choose what to open";
  if (purpose === "parts") {
    if (second === undefined) return "Choose a second table to join";
    const keys = join?.look?.choice.keys.map(({ left }) => left) ?? [];
    return keys.length === 0 ? "Two tables chosen" : `Two tables chosen, joined by ${joined(keys)}`;
  }
  if (purpose === "elsewhere") return "A real and a synthetic table";
  if (purpose === "held-out") return "Training and held-out rows";
  return nameOf(state, first);
}

export const purposeNames: Readonly<Record<Purpose, string>> = {
  parts: "Parts of one table",
  "held-out": "Training and held-out",
  elsewhere: "Real and synthetic",
  one: "Only one of them",
};

export function purposeWords(state: ChoosingState, purpose: Purpose): string {
  const shared = state.pair?.shared ?? [];
  switch (purpose) {
    case "parts":
      return shared.length > 0 && shared.length <= 3
        ? `Join them: both have ${joined(shared)}.`
        : "Join two of them by a column that both have.";
    case "held-out":
      return "For a table made elsewhere: both go to its comparison.";
    case "elsewhere":
      return "Compare a table made elsewhere.";
    case "one":
      return state.files.length > 1 ? "The other is closed again." : "The others are left in the file.";
  }
}

/** Why nothing can be opened yet; undefined: it can. */
export function whyNotOpen(state: ChoosingState): string | undefined {
  if (state.job !== undefined) return "The files are being looked into.";
  if (state.ticked.length === 0) return "Choose a table.";
  if (state.purpose === "one") return undefined;
  if (state.ticked.length < 2) return "Choose a second table.";
  if (state.purpose !== "parts") return undefined;
  const { join } = state;
  if (join?.answered !== true) return "The join is being counted.";
  return join.fault === undefined && join.look?.problem === undefined
    ? undefined
    : "The two cannot be joined so.";
}

/** What the button says: `more` only where there is room. */
export function openLabel(state: ChoosingState): { readonly what: string; readonly more: string } {
  const [first] = state.ticked;
  if (state.purpose === "elsewhere") return { what: "Compare them", more: "" };
  if (state.purpose === "held-out") return { what: "Go to the comparison", more: "" };
  const join = state.purpose === "parts" ? state.join : undefined;
  const sheet = first && sheetAt(state, first);
  const rows = join?.look?.visits?.rows ?? join?.look?.left.rows ?? sheet?.rows;
  const columns = join?.cells?.[0]?.length ?? sheet?.columns;
  if (rows === undefined)
    return { what: "Open", more: first === undefined ? "" : ` ${nameOf(state, first)}` };
  return {
    what: `Open ${plural(rows, "row")}`,
    more: columns === undefined ? "" : `, ${plural(columns, "column")}`,
  };
}

/** "3,000 × 15", as far as it is known. */
export function shapeOf(state: ChoosingState, at: SheetAt): string {
  const told = sheetAt(state, at);
  const look = state.purpose === "parts" ? state.join?.look : undefined;
  const side = state.ticked.findIndex((one) => sameSheet(one, at));
  // Read in full for the join: what the file says of itself counts totals, or is not at hand.
  const read = look && [look.left.rows, look.right.rows][side];
  const rows = read ?? told?.rows;
  const columns = told?.columns ?? (columnsOf(state, at).length || undefined);
  if (told?.table === false) return "no table";
  if (rows === undefined) return columns === undefined ? "" : plural(columns, "column");
  return columns === undefined ? plural(rows, "row") : `${count(rows)} × ${count(columns)}`;
}

export const keepWords: Readonly<Record<Keep, string>> = {
  first: "First",
  last: "Last",
  least: "Lowest",
  greatest: "Highest",
  mean: "Mean",
  count: "How many",
};
