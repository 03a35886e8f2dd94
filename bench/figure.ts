/** One measured number. Every part of the bench returns some. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it should reach, if that is known. */
  readonly goal?: { readonly most?: number; readonly least?: number };
  readonly note?: string;
}

export type Part = () => Promise<readonly Figure[]>;

/** Whether the goal is reached; undefined without a goal. */
export function reached({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return value <= (goal.most ?? Infinity) && value >= (goal.least ?? -Infinity);
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

function goalOf({ goal }: Figure): string {
  if (goal === undefined) return "";
  const parts = [
    ...(goal.least === undefined ? [] : [`at least ${goal.least}`]),
    ...(goal.most === undefined ? [] : [`at most ${goal.most}`]),
  ];
  return parts.join(", ");
}

/** The figures as lines of a table. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const hit = reached(figure);
    const mark = hit === undefined ? "" : hit ? "reached" : "MISSED";
    return [
      figure.what,
      `${round(figure.value)} ${figure.unit}`.trim(),
      goalOf(figure),
      mark,
      figure.note ?? "",
    ];
  });
  const head = ["what", "measured", "goal", "", "note"];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => (row[i] ?? "").length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
