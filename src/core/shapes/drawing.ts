/** A picture as geometry: marks by what they mean, labels, and what can be pointed at. Page and files draw it alike. */

/** What a mark means; whoever draws knows its colour. Solid is real, outline is synthetic. */
export type MarkKind =
  | "real-fill"
  /** the edges of a real band or interval: a fill never stands without them */
  | "real-edge"
  | "real-line"
  | "synthetic-casing"
  | "synthetic-line"
  /** the edge of a synthetic band or interval */
  | "synthetic-edge"
  | "synthetic-thin"
  | "synthetic-point"
  | "synthetic-box"
  | "synthetic-hatch"
  | "axis"
  | "grid"
  /** what is usual for adults */
  | "usual"
  /** a cell of too few patients */
  | "hidden"
  /** a share: `strength` 0 to 1 */
  | "share"
  /** synthetic less often, more often: `strength` 0 to 1 */
  | "less"
  | "more"
  | "frame"
  | "end"
  /** a real figure of its own */
  | "real-point"
  /** columns drawn independently, and what a guess reaches */
  | "dotted"
  /** simulated */
  | "ink-line"
  | "ink-point"
  | "ink-fill"
  | "ink-bar"
  | "ink-dot"
  | "ink-ring";

export interface Mark {
  readonly kind: MarkKind;
  /** an SVG path */
  readonly d: string;
  readonly strength?: number;
  /** of a line: lengths of dash and gap, in pixels, by which lines of one kind are told apart */
  readonly dash?: string;
}

export interface Label {
  readonly x: number;
  /** of the baseline */
  readonly y: number;
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
  /** left out: quiet */
  readonly tone?: "real" | "synthetic" | "ink" | "strong" | "on-strong";
}

/** Something to point at, and what is said of it. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly lines: readonly { readonly of?: "real" | "syn"; readonly label: string; readonly value: string }[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
  readonly spots: readonly Spot[];
}

/** The same as rows of a table. */
export interface Listing {
  /** over the names, then over each cell */
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly { readonly text: string; readonly of?: "real" | "syn" }[];
  }[];
}

/** A tenth of a pixel is finer than can be seen and keeps files small. */
export const px = (value: number): string => String(Math.round(10 * value) / 10);

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Straight lines through the places that are known; a gap where one is not. */
export function linePath(places: readonly Place[]): string {
  let open = false;
  return places
    .map(({ x, y }) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        open = false;
        return "";
      }
      const command = open ? "L" : "M";
      open = true;
      return `${command}${px(x)} ${px(y)}`;
    })
    .join("");
}

/** Each place holds its height until the next begins. */
export function stairPath(places: readonly Place[]): string {
  let open = false;
  return places
    .map(({ x, y }) => {
      if (!Number.isFinite(y)) {
        open = false;
        return "";
      }
      const to = open ? `H${px(x)}V${px(y)}` : `M${px(x)} ${px(y)}`;
      open = true;
      return to;
    })
    .join("");
}

/** The area between two lines of the same places, in pieces where either is not known. */
export function areaPath(upper: readonly Place[], lower: readonly Place[]): string {
  let path = "";
  let from = 0;
  const known = (i: number): boolean => Number.isFinite(upper[i]?.y) && Number.isFinite(lower[i]?.y);
  while (from < upper.length) {
    if (!known(from)) {
      from++;
      continue;
    }
    let to = from;
    while (known(to + 1)) to++;
    if (to > from)
      path += `${linePath(upper.slice(from, to + 1))}${linePath(lower.slice(from, to + 1).reverse()).replace("M", "L")}Z`;
    from = to + 1;
  }
  return path;
}

/** Small open circles. */
export const dotsPath = (places: readonly Place[], r: number): string =>
  places
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    .map(({ x, y }) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`)
    .join("");
