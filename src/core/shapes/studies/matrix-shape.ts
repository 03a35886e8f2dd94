/** Learned from, down, against tested on, across: the stronger the better. */
import type { MatrixPicture } from "../../report/study.ts";
import type { LabelWidth } from "../column-shape.ts";
import { px, type Drawing, type Label, type Mark, type Spot } from "../drawing.ts";
import { betterWords, figureWords, unitNumber } from "./figure-words.ts";
import { fitted, headLines } from "./study-axis.ts";

const CELL = 40;
const TOP = 62;
const LINE = 14;
/** A cell is at least so wide, so that its number fits. */
const LEAST = 48;
const MOST = 104;
/** The best cell: ink stays readable on it, in light and in dark. */
const STRONGEST = 0.45;

const nameRoom = ({ down }: MatrixPicture, labelWidth: LabelWidth): number =>
  Math.min(190, Math.max(labelWidth(down.name) + 14, ...down.of.map(labelWidth)) + 12);

/** Narrower than this it is scrolled rather than squeezed. */
export const matrixLeast = (picture: MatrixPicture, labelWidth: LabelWidth): number =>
  Math.ceil(nameRoom(picture, labelWidth) + picture.across.of.length * LEAST);

export function matrixDrawing(picture: MatrixPicture, width: number, labelWidth: LabelWidth): Drawing {
  const { down, across, better } = picture;
  const left = nameRoom(picture, labelWidth);
  const wide = Math.max(LEAST, Math.min(MOST, (width - left) / Math.max(1, across.of.length)));
  const strength = strengths(picture);
  const heads = across.of.map((name) => headLines(name, wide - 6, labelWidth));
  const top = TOP + LINE * (Math.max(1, ...heads.map(({ length }) => length)) - 1);
  const cells = down.of.flatMap((_, row) =>
    across.of.map((__, column) =>
      cellOf(picture, row, column, { left: left + column * wide, top, wide }, strength),
    ),
  );
  return {
    width: Math.max(width, left + across.of.length * wide),
    height: top + down.of.length * CELL + 4,
    marks: cells.flatMap(({ marks }) => marks),
    labels: [
      { x: 0, y: 11, text: `${picture.title} (${betterWords(better)})`, anchor: "start" },
      { x: left + 2, y: 31, text: `${across.name} →`, anchor: "start" },
      { x: 0, y: top - 8, text: `${fitted(down.name, left - 20, labelWidth)} ↓`, anchor: "start" },
      ...heads.flatMap((lines, i) =>
        lines.map((text, at): Label => ({
          x: left + (i + 0.5) * wide,
          y: top - 8 - LINE * (lines.length - 1 - at),
          text,
          anchor: "middle",
          tone: "ink",
        })),
      ),
      ...down.of.map((name, row): Label => ({
        x: 0,
        y: top + (row + 0.5) * CELL + 4,
        text: fitted(name, left - 10, labelWidth),
        anchor: "start",
        tone: "ink",
      })),
      ...cells.map(({ label }) => label),
    ],
    spots: cells.map(({ spot }) => spot),
  };
}

/** Of the worst figure nothing, of the best `STRONGEST`. */
function strengths({ cells, better }: MatrixPicture): (value: number) => number {
  const values = cells.flat().flatMap((figure) => (figure === undefined ? [] : [figure.value]));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (value) => {
    const share = most > least ? (value - least) / (most - least) : 0.5;
    return Math.round(100 * STRONGEST * (better === "higher" ? share : 1 - share)) / 100;
  };
}

/** Where a group is tested on itself the cell is framed. */
function cellOf(
  { down, across, cells, unit }: MatrixPicture,
  row: number,
  column: number,
  { left: x, top, wide }: { readonly left: number; readonly top: number; readonly wide: number },
  strength: (value: number) => number,
): { readonly marks: readonly Mark[]; readonly label: Label; readonly spot: Spot } {
  const figure = cells[row]?.[column];
  const [learned, tested] = [down.of[row] ?? "", across.of[column] ?? ""];
  const y = top + row * CELL;
  const d = `M${px(x + 1)} ${px(y + 1)}h${px(wide - 2)}v${CELL - 2}h${px(2 - wide)}Z`;
  const middle = { x: x + wide / 2, y: y + CELL / 2 };
  return {
    marks: [
      figure === undefined ? { kind: "hidden", d } : { kind: "share", d, strength: strength(figure.value) },
      ...(learned === tested ? [{ kind: "frame", d } as const] : []),
    ],
    label: {
      x: middle.x,
      y: middle.y + 4,
      text: figure === undefined ? "–" : unitNumber(figure.value, unit),
      anchor: "middle",
      tone: "ink",
    },
    spot: {
      ...middle,
      title: `${down.name} ${learned}`,
      lines: [
        {
          label: `${across.name} ${tested}`,
          value: figure === undefined ? "not measured" : figureWords(figure, unit),
        },
      ],
    },
  };
}
