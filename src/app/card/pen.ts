/** A few words over a 2D canvas: text that measures itself, rules, and paths in the palette's colours. */
import { palette, type Colour } from "./palette.ts";

const FAMILY =
  '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: Colour;
  readonly align?: CanvasTextAlign;
  /** letters closer, in em */
  readonly tight?: number;
}

export interface Pen {
  readonly context: CanvasRenderingContext2D;
  /** Draws on the baseline `y`; returns the width. */
  text(words: string, x: number, y: number, style: TextStyle): number;
  measure(words: string, style: TextStyle): number;
  /** Lines of at most `width` px; the last one ends in "…" when `most` lines do not hold them all. */
  lines(words: string, width: number, style: TextStyle, most: number): string[];
  /** One line, cut with "…" when it is wider. */
  fit(words: string, width: number, style: TextStyle): string;
  fill(path: string, colour: string, dx?: number, dy?: number, scale?: number): void;
  stroke(path: string, colour: string, width: number, dash?: readonly number[]): void;
  rule(x: number, y: number, length: number): void;
}

export function createPen(context: CanvasRenderingContext2D): Pen {
  const wear = (style: TextStyle): void => {
    context.font = `${style.bold ? 600 : 400} ${style.size}px ${FAMILY}`;
    context.letterSpacing = `${(style.tight ?? 0) * style.size}px`;
    context.textAlign = style.align ?? "left";
    context.fillStyle = palette[style.colour ?? "ink"];
  };
  const measure: Pen["measure"] = (words, style) => {
    wear(style);
    return context.measureText(words).width;
  };
  const fit: Pen["fit"] = (words, width, style) => {
    if (measure(words, style) <= width) return words;
    let end = words.length;
    while (end > 1 && measure(`${words.slice(0, end)}…`, style) > width) end--;
    return `${words.slice(0, end).trimEnd()}…`;
  };
  return {
    context,
    measure,
    fit,
    text(words, x, y, style) {
      wear(style);
      context.fillText(words, x, y);
      return context.measureText(words).width;
    },
    lines(words, width, style, most) {
      const lines: string[] = [];
      let line = "";
      for (const word of words.split(/\s+/)) {
        const longer = line === "" ? word : `${line} ${word}`;
        if (line !== "" && measure(longer, style) > width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      if (line !== "") lines.push(line);
      if (lines.length <= most) return lines.map((one) => fit(one, width, style));
      return [...lines.slice(0, most - 1), fit(lines.slice(most - 1).join(" "), width, style)];
    },
    fill(path, colour, dx = 0, dy = 0, scale = 1) {
      context.save();
      context.translate(dx, dy);
      context.scale(scale, scale);
      context.fillStyle = colour;
      context.fill(new Path2D(path));
      context.restore();
    },
    stroke(path, colour, width, dash = []) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash([...dash]);
      context.stroke(new Path2D(path));
      context.setLineDash([]);
    },
    rule(x, y, length) {
      context.fillStyle = palette.line;
      context.fillRect(x, y, length, 1);
    },
  };
}

/** 45° lines in the synthetic colour over the ground, as a fill. */
export function hatch(context: CanvasRenderingContext2D): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 7;
  const pen = tile.getContext("2d");
  if (pen === null) return palette.surface;
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, 7, 7);
  pen.strokeStyle = palette.syn;
  pen.lineWidth = 1.3;
  pen.stroke(new Path2D("M-1 1L1 -1M0 7L7 0M6 8L8 6"));
  return context.createPattern(tile, "repeat") ?? palette.surface;
}
