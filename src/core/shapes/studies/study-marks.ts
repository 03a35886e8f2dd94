/** What lines and points of a study look like: the kind by colour and fill, methods of one kind by marker and dash. */
import type { StudyKind } from "../../report/study.ts";
import { px, type Label, type Mark, type MarkKind, type Spot } from "../drawing.ts";

type Marker = (x: number, y: number) => string;

const circle: Marker = (x, y) => `M${px(x - 4)} ${px(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`;
const square: Marker = (x, y) => `M${px(x - 3.7)} ${px(y - 3.7)}h7.4v7.4h-7.4Z`;
const triangle: Marker = (x, y) => `M${px(x)} ${px(y - 5)}l5 8.700h-10Z`;
const diamond: Marker = (x, y) => `M${px(x)} ${px(y - 5)}l5 5l-5 5l-5 -5Z`;
const upsideDown: Marker = (x, y) => `M${px(x)} ${px(y + 5)}l-5 -8.700h10Z`;
const hourglass: Marker = (x, y) => `M${px(x - 4.2)} ${px(y - 4.5)}h8.400l-8.400 9h8.400Z`;
const hexagon: Marker = (x, y) => `M${px(x - 5)} ${px(y)}l2.500 -4.300h5l2.500 4.300l-2.500 4.300h-5Z`;
const plus: Marker = (x, y) =>
  `M${px(x - 1.6)} ${px(y - 4.8)}h3.200v3.200h3.200v3.200h-3.200v3.200h-3.200v-3.200h-3.200v-3.200h3.200Z`;
const cross: Marker = (x, y) => `M${px(x - 4)} ${px(y - 4)}l8 8m0 -8l-8 8`;

const MARKERS: readonly Marker[] = [circle, square, triangle, diamond, upsideDown, hourglass, hexagon, plus];
const DASHES = ["", "5 3", "2 3", "8 3 2 3", "12 3", "8 2 2 2 2 2", "3 6", "5 2 1 2"] as const;

const turn = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;

/** How many of the same kind stand before each: its marker and its dash. */
export function turnsOf(all: readonly { readonly kind: StudyKind }[]): number[] {
  const seen = new Map<StudyKind, number>();
  return all.map(({ kind }) => {
    const at = seen.get(kind) ?? 0;
    seen.set(kind, at + 1);
    return at;
  });
}

const dashed = (at: number): { dash?: string } => {
  const dash = turn(DASHES, at);
  return dash === "" ? {} : { dash };
};

/** The first of its kind is drawn strongest. */
export function lineMarks(kind: StudyKind, at: number, d: string): Mark[] {
  if (kind === "real") return [{ kind: "real-line", d, ...dashed(at) }];
  if (kind === "simulated") return [{ kind: "ink-line", d, ...dashed(at) }];
  if (kind === "independent")
    return [{ kind: "dotted", d, ...(at > 0 && { dash: turn(["1 3", "1 6", "1 2 1 6"], at) }) }];
  return [
    { kind: "synthetic-casing", d },
    { kind: at === 0 ? "synthetic-line" : "synthetic-thin", d, ...dashed(at) },
  ];
}

const whiskers: Readonly<Record<StudyKind, MarkKind>> = {
  real: "real-line",
  synthetic: "synthetic-thin",
  independent: "dotted",
  simulated: "ink-line",
};

export const whiskerMark = (kind: StudyKind, d: string): Mark => ({ kind: whiskers[kind], d });

/** One figure by itself. */
export function pointMark(kind: StudyKind, at: number, x: number, y: number): Mark {
  if (kind === "independent") return { kind: "ink-line", d: cross(x, y) };
  const d = kind === "real" ? turn([square, diamond, triangle, circle], at)(x, y) : turn(MARKERS, at)(x, y);
  return {
    kind: kind === "real" ? "real-point" : kind === "simulated" ? "ink-point" : "synthetic-point",
    d,
  };
}

/** Bars of one kind beside each other: hatched, then an outline, then dashed outlines. */
export function barMarks(kind: StudyKind, at: number, d: string): Mark[] {
  switch (kind) {
    case "real":
      return [
        { kind: "real-fill", d },
        { kind: at === 0 ? "real-edge" : "real-line", d, ...dashed(at) },
      ];
    case "independent":
      return [{ kind: "dotted", d }];
    case "simulated":
      return [{ kind: at === 0 ? "ink-point" : "ink-line", d, ...dashed(Math.max(0, at - 1)) }];
    case "synthetic":
      return at === 0 ? [{ kind: "synthetic-hatch", d }] : [{ kind: "synthetic-box", d, ...dashed(at - 1) }];
  }
}

export const toneOf = (kind: StudyKind, at = 0): { tone?: NonNullable<Label["tone"]> } =>
  kind === "real"
    ? { tone: "real" }
    : kind === "synthetic" && at === 0
      ? { tone: "strong" }
      : { tone: "ink" };

export const sideOf = (kind: StudyKind | undefined): { of?: NonNullable<Spot["lines"][number]["of"]> } =>
  kind === "real" ? { of: "real" } : kind === "synthetic" ? { of: "syn" } : {};
