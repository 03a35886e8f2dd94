/** What was changed when a table's file was read, one line for each kind of change. */
import type { ReadItem } from "../report/read-item.ts";
import { count, plural } from "./numbers.ts";

export interface Change {
  readonly title: string;
  readonly text: string;
  /** "214 cells"; left out where a part of it is 1 to 4 patients */
  readonly count?: string;
}

type What = ReadItem["what"];

interface KindOfChange {
  readonly title: string;
  /** what is counted: one, and several of it */
  readonly counted: readonly [string, string];
  text(columns: string): string;
}

const kinds: readonly (readonly [What, KindOfChange])[] = [
  [
    "withheld",
    {
      title: "Levels withheld",
      counted: ["row", "rows"],
      text: (columns) => `Names that fewer than five patients share, in ${columns}.`,
    },
  ],
  [
    "unread",
    {
      title: "Cells read as missing",
      counted: ["cell", "cells"],
      text: (columns) => `They could not be read as what their column holds, in ${columns}.`,
    },
  ],
  ["above", { title: "Lines above the table skipped", counted: ["line", "lines"], text: () => "" }],
  ["blank", { title: "Empty rows skipped", counted: ["row", "rows"], text: () => "" }],
  [
    "ragged",
    {
      title: "Rows skipped",
      counted: ["row", "rows"],
      text: () => "They had too many or too few cells.",
    },
  ],
  [
    "totals",
    {
      title: "Totals and remarks skipped",
      counted: ["row", "rows"],
      text: () => "Rows of totals and remarks are not patients.",
    },
  ],
  [
    "empty",
    {
      title: "Empty columns",
      counted: ["column", "columns"],
      text: (columns) => `Nothing could be learned of ${columns}.`,
    },
  ],
  [
    "constant",
    {
      title: "One value only",
      counted: ["column", "columns"],
      text: (columns) => `Nothing could be learned of ${columns}.`,
    },
  ],
];

const NAMED = 4;

function named(columns: readonly string[]): string {
  const shown = columns.slice(0, NAMED);
  const more = columns.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${count(more)} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** What needs attention first; empty where every cell was read as what it says. */
export function changesOf(reading: readonly ReadItem[]): Change[] {
  return kinds.flatMap(([what, { title, counted, text }]): Change[] => {
    const items = reading.filter((item) => item.what === what);
    if (items.length === 0) return [];
    const isColumn = counted[0] === "column";
    const counts = items.map((item) => (isColumn ? 1 : item.count));
    const known = counts.filter((n) => n !== undefined);
    const total = known.reduce((sum, n) => sum + n, 0);
    return [
      {
        title,
        text: text(named(items.flatMap(({ column }) => column ?? []))),
        ...(known.length === counts.length && { count: plural(total, ...counted) }),
      },
    ];
  });
}

/** The same in one line: "214 cells read as missing in creatinine; 2 rows skipped". */
export function changesLine(reading: readonly ReadItem[]): string {
  const parts = changesOf(reading).map(({ title, count: how }) =>
    how === undefined ? title.toLowerCase() : `${title.toLowerCase()} (${how})`,
  );
  const line = `${parts.join("; ")}.`;
  return parts.length === 0
    ? "Nothing: every cell was read as what it says."
    : `${line.charAt(0).toUpperCase()}${line.slice(1)}`;
}
