/** One run on one card, 1600 px wide, in the light theme: shape, model, seed, five sides, worst columns, links, date. */
import { sides } from "../../core/words/sides.ts";
import { realRowsWords } from "../../core/words/real-rows.ts";
import type { Axis, Report } from "../../core/report/report.ts";
import type { Verdict } from "../../core/metrics/metric.ts";
import {
  lowerTriangle,
  mostLinked,
  outlined,
  reach,
  shade,
  worstFirst,
} from "../../core/shapes/heatmap-shape.ts";
import { count, fixed, plural } from "../../core/words/numbers.ts";
import { madeWords } from "../charts/made.ts";
import { scoreAxis, type RangeAxis } from "../../core/shapes/range-shape.ts";
import { verdictWords } from "../../core/words/verdict.ts";
import { verdictShapes } from "../charts/verdict-mark.tsx";
import { isMeasuredAxis, measuredAxes, type MeasuredAxis } from "../state/axes.ts";
import { drawColumn } from "./column-picture.ts";
import { mixed, palette } from "./palette.ts";
import { createPen, type Pen } from "./pen.ts";

export const CARD_WIDTH = 1600;
const LEFT = 64;
const RIGHT = CARD_WIDTH - LEFT;
const WORST_COLUMNS = 4;
const ROW = 62;
const EVIDENCE = 318;
const FOOT = 76;

const day = (report: Report): string => report.run.finishedAt.slice(0, 10);

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const tone: Readonly<Record<Verdict, "accent" | "ink-2" | "bad">> = {
  good: "accent",
  worse: "bad",
  "much-worse": "bad",
  "cannot-tell": "ink-2",
};

function drawMark(pen: Pen, verdict: Verdict, x: number, y: number, size: number): void {
  const shape: { fill?: string; cut?: string; stroke?: string; dashed?: string } = verdictShapes[verdict];
  const { context } = pen;
  context.save();
  context.translate(x, y);
  context.scale(size / 14, size / 14);
  if (shape.fill) pen.fill(shape.fill, palette[tone[verdict]]);
  if (shape.dashed) pen.stroke(shape.dashed, palette[tone[verdict]], 1.4);
  if (shape.stroke) pen.stroke(shape.stroke, palette[tone[verdict]], 1.4);
  if (shape.cut) pen.stroke(shape.cut, palette.surface, 1.6);
  context.restore();
}

function drawBrand(pen: Pen, report: Report, number: number): void {
  const y = 53;
  pen.fill(
    "M4 8.5h2.5V17a.5.5 0 00.5.5h8.5V20a2 2 0 01-2 2H4a2 2 0 01-2-2v-9.500a2 2 0 012-2z",
    palette.ink,
    LEFT,
    y,
  );
  pen.context.save();
  pen.context.translate(LEFT, y);
  pen.stroke("M11 3h8a2 2 0 012 2v8a2 2 0 01-2 2h-8a2 2 0 01-2-2V5a2 2 0 012-2z", palette.accent, 2);
  pen.fill("M11 8.500h4.500V13H11z", palette.ink);
  pen.context.restore();
  let x = LEFT + 36;
  x += pen.text("Semblance", x, y + 19, { size: 20, bold: true, tight: -0.015 }) + 12;
  x += pen.text("Evaluation card", x, y + 19, { size: 18, colour: "ink-2" }) + 20;
  const warning = "Synthetic data, not real patients";
  const wide = pen.measure(warning, { size: 16, bold: true });
  pen.stroke(`M${x} ${y - 3.5}h${wide + 24}v31h-${wide + 24}z`, palette.syn, 1.75);
  pen.text(warning, x + 12, y + 17.5, { size: 16, bold: true });
  const about = { size: 18, colour: "ink-2", align: "right" } as const;
  const ending = ` · run ${number} · ${day(report)}`;
  const room = RIGHT - (x + wide + 24) - 32 - pen.measure(ending, about);
  pen.text(pen.fit(report.run.table, room, about) + ending, RIGHT, y + 19, about);
}

const NOTICE_LINES = 3;

/** What was chosen and why, what was left out, below the headline. Returns the baseline of the last line. */
function drawNotices(pen: Pen, report: Report, baseline: number): number {
  const style = { size: 17, colour: "ink-2" } as const;
  const text = (report.run.notices ?? []).map(sentence).join(" ");
  if (text === "") return baseline;
  let y = baseline;
  for (const line of pen.lines(text, RIGHT - LEFT, style, NOTICE_LINES)) {
    y += 26;
    pen.text(line, LEFT, y, style);
  }
  return y;
}

/** Returns the baseline of the last line. */
function drawHeadline(pen: Pen, report: Report): number {
  return drawNotices(pen, report, drawVerdict(pen, report));
}

/** Returns the baseline of the last line. */
function drawVerdict(pen: Pen, report: Report): number {
  const { headline, caveat, shape } = report;
  let size = 40;
  while (size > 28 && pen.measure(headline, { size, bold: true, tight: -0.025 }) > RIGHT - LEFT) size -= 2;
  const style = { size, bold: true, tight: -0.025 } as const;
  let y = 142;
  for (const line of pen.lines(headline, RIGHT - LEFT, style, 2)) {
    pen.text(line, LEFT, y, style);
    y += size * 1.15;
  }
  y += 37 - size * 1.15;
  const lead =
    `${plural(shape.synthetic, "synthetic row")} against ${realRowsWords(shape)}; ` +
    (shape.train === 0
      ? `${plural(shape.columns, "column")}.`
      : `learned from ${plural(shape.train, "row")} and ${plural(shape.columns, "column")}.`);
  if (caveat === undefined) {
    pen.text(lead, LEFT, y, { size: 20, colour: "ink-2" });
    return y;
  }
  const bold = { size: 20, bold: true } as const;
  const wide = pen.measure(`${sentence(caveat)}  `, bold);
  if (wide + pen.measure(lead, { size: 20 }) <= RIGHT - LEFT) {
    pen.text(sentence(caveat), LEFT, y, bold);
    pen.text(lead, LEFT + wide, y, { size: 20, colour: "ink-2" });
    return y;
  }
  for (const line of pen.lines(sentence(caveat), RIGHT - LEFT, bold, 2)) {
    pen.text(line, LEFT, y, bold);
    y += 28;
  }
  pen.text(lead, LEFT, y, { size: 20, colour: "ink-2" });
  return y;
}

const RANGE = { x: 406, width: 430, pad: 9 } as const;
const REFERENCE = 942;
const VERDICT = 964;
const SENTENCE = 1140;

const place = (axis: RangeAxis, value: number): number =>
  RANGE.x +
  RANGE.pad +
  ((Math.max(axis.low, Math.min(axis.high, value)) - axis.low) / (axis.high - axis.low)) *
    (RANGE.width - 2 * RANGE.pad);

function drawScoreHead(pen: Pen, axis: RangeAxis, y: number): void {
  const small = { size: 15, colour: "ink-3" } as const;
  pen.text("Worst first", LEFT, y, small);
  pen.text("Score", 384, y, { ...small, align: "right" });
  for (const tick of axis.ticks)
    pen.text(tick.label, place(axis, tick.value), y + 2, { size: 14, colour: "ink-3", align: "center" });
  pen.text("Reference", REFERENCE, y, { ...small, align: "right" });
  const real = pen.measure("Held-out real", small);
  pen.text("Held-out real", RIGHT, y, { ...small, colour: "ink-2", align: "right" });
  const swatch = RIGHT - real - 28;
  pen.fill(`M${swatch} ${y - 13}h22v16h-22z`, palette["real-fill"]);
  pen.stroke(`M${swatch + 11} ${y - 13}v16`, palette.real, 2);
  pen.text("Synthetic, 95%", swatch - 16, y, { ...small, colour: "ink-2", align: "right" });
  const whisker = swatch - 16 - pen.measure("Synthetic, 95%", small) - 34;
  pen.stroke(`M${whisker} ${y - 9}v8m0-4h26m0-4v8`, palette.syn, 1.75);
  drawPoint(pen, whisker + 13, y - 5, 5);
}

function drawPoint(pen: Pen, x: number, y: number, radius: number): void {
  const { context } = pen;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.surface;
  context.fill();
  context.strokeStyle = palette.syn;
  context.lineWidth = 2.25;
  context.stroke();
}

function drawSide(pen: Pen, side: Axis, axis: RangeAxis, top: number): void {
  const middle = top + ROW / 2;
  pen.rule(LEFT, top, RIGHT - LEFT);
  const name = { size: 19, bold: true } as const;
  pen.text(pen.fit(sides[side.family].name, 250, name), LEFT, middle + 6, name);
  if (isMeasuredAxis(side)) drawScore(pen, side, axis, top);
  else {
    const words = { size: 15, colour: "ink-2" } as const;
    pen.text(pen.fit(`Not measured. ${side.sentence}`, RIGHT - RANGE.x, words), RANGE.x, middle + 5, words);
  }
}

function drawScore(
  pen: Pen,
  { score, verdict, sentence: says }: MeasuredAxis,
  axis: RangeAxis,
  top: number,
): void {
  const middle = top + ROW / 2;
  pen.text(count(score.value), 384, middle + 11, {
    size: 32,
    bold: true,
    tight: -0.02,
    align: "right",
    colour: verdict === "much-worse" ? "bad" : "ink",
  });
  for (const tick of axis.ticks)
    pen.stroke(`M${Math.floor(place(axis, tick.value)) + 0.5} ${top}v${ROW}`, palette.line, 1);
  const { interval, baseline } = score;
  const [low, high] = [place(axis, baseline.interval.low), place(axis, baseline.interval.high)];
  pen.fill(`M${low} ${middle - 9}H${Math.max(high, low + 2)}v18H${low}z`, palette["real-fill"]);
  pen.stroke(`M${place(axis, baseline.value)} ${middle - 9}v18`, palette.real, 2);
  const [from, to] = [place(axis, interval.low), place(axis, interval.high)];
  pen.stroke(`M${from} ${middle}H${to}`, palette.surface, 4.5);
  pen.stroke(`M${from} ${middle - 4}v8m0-4H${to}m0-4v8`, palette.syn, 1.75);
  drawPoint(pen, place(axis, score.value), middle, 5.5);
  pen.text(count(baseline.value), REFERENCE, middle + 6, { size: 19, colour: "real", align: "right" });
  drawMark(pen, verdict, VERDICT, middle - 9, 18);
  pen.text(verdictWords[verdict], VERDICT + 24, middle + 6, {
    size: 17,
    colour: verdict === "much-worse" ? "bad" : "ink",
  });
  const room = RIGHT - SENTENCE;
  const usual = pen.lines(says, room, { size: 15 }, 3).length < 3;
  const words = { size: usual ? 15 : 14, colour: "ink-2" } as const;
  const lines = pen.lines(says, room, words, usual ? 2 : 3);
  const leading = usual ? 20 : 18;
  lines.forEach((line, i) =>
    pen.text(line, SENTENCE, middle + 5 + (i - (lines.length - 1) / 2) * leading, words),
  );
}

function drawWorstColumns(pen: Pen, report: Report, top: number): void {
  const width = (RIGHT - LEFT - 300 - 4 * 30) / 4;
  const worst = [...report.columns].sort((a, b) => b.noise - a.noise).slice(0, WORST_COLUMNS);
  worst.forEach((column, i) => {
    const x = LEFT + i * (width + 30);
    const title = { size: 17, bold: true } as const;
    pen.text(pen.fit(column.name, width - 26, title), x, top + 18, title);
    drawMark(pen, column.verdict, x + width - 17, top + 4, 17);
    const log = column.chart.type === "histogram" && column.chart.log !== undefined ? ", log" : "";
    const first = i === 0 ? "worst column, " : "";
    pen.text(`${first}${fixed(column.noise, 1)}× noise${log}`, x, top + 42, { size: 14, colour: "ink-2" });
    drawColumn(pen, column, {
      x,
      y: top + 62,
      width,
      height: EVIDENCE - 62 - 46,
    });
  });
}

function drawDifference(pen: Pen, report: Report, top: number): void {
  const { correlations } = report;
  const shown = worstFirst(correlations, mostLinked(correlations, 12));
  const x = RIGHT - 300;
  pen.text("Difference in correlation", x, top + 18, { size: 17, bold: true });
  if (shown.length < 2) {
    pen.text("fewer than two columns", x, top + 42, { size: 14, colour: "ink-2" });
    return;
  }
  const scale = reach([correlations.difference], shown);
  const marked = outlined(correlations, shown);
  const first = marked[0];
  const nameOf = (i: number): string => correlations.names[shown[i] ?? -1] ?? "";
  const about =
    first === undefined
      ? "strength, synthetic less real"
      : `largest: ${nameOf(first.row)}, ${nameOf(first.column)}, ${fixed(first.value, 2)}`;
  const small = { size: 14, colour: "ink-2" } as const;
  pen.text(pen.fit(about, 300, small), x, top + 42, small);
  const pitch = Math.min(18, 216 / shown.length);
  const y = top + 60;
  const square = (column: number, row: number): string =>
    `M${x + column * pitch} ${y + row * pitch}h${pitch - 1}v${pitch - 1}h-${pitch - 1}z`;
  shown.forEach((_, i) => pen.fill(square(i, i), palette.sunken));
  for (const { row, column, value } of lowerTriangle(correlations.difference, shown)) {
    if (Number.isNaN(value)) continue;
    const strength = shade(value, scale);
    pen.fill(square(column, row), mixed(strength < 0 ? "real" : "syn", "zero", Math.abs(strength) * 0.118));
  }
  for (const { row, column } of marked)
    pen.stroke(
      `M${x + column * pitch - 0.5} ${y + row * pitch - 0.5}h${pitch}v${pitch}h-${pitch}z`,
      palette.ink,
      1.5,
    );
  drawRamp(pen, x, y + shown.length * pitch + 18);
}

function drawRamp(pen: Pen, x: number, y: number): void {
  const small = { size: 13, colour: "ink-3" } as const;
  const from = pen.text("weaker in synthetic", x, y + 8, small) + 8;
  const ramp = pen.context.createLinearGradient(x + from, 0, x + from + 80, 0);
  ramp.addColorStop(0, palette.real);
  ramp.addColorStop(0.5, palette.zero);
  ramp.addColorStop(1, palette.syn);
  pen.context.fillStyle = ramp;
  pen.context.fillRect(x + from, y, 80, 8);
  pen.text("stronger", x + from + 88, y + 8, small);
}

function drawFoot(pen: Pen, report: Report, y: number): void {
  const { run } = report;
  const words = { size: 15, colour: "ink-2" } as const;
  pen.rule(LEFT, y, RIGHT - LEFT);
  const line = y + 35;
  pen.fill(`M${LEFT} ${line - 12}h20v14h-20z`, palette["real-fill"]);
  pen.stroke(`M${LEFT} ${line - 12}h20`, palette.real, 1.5);
  const real = LEFT + 28 + pen.text("Real", LEFT + 28, line, words) + 20;
  pen.stroke(`M${real + 1} ${line - 11}h18v12h-18z`, palette.syn, 2);
  const keys = real + 28 + pen.text("Synthetic", real + 28, line, words);
  const promise = "No patient row is shown. Cells under 5 are merged.";
  const right = RIGHT - pen.measure(promise, words) - 28;
  pen.text(promise, RIGHT, line, { ...words, align: "right" });
  const made = madeWords(run, " · ");
  pen.text(pen.fit(made, right - keys - 40, words), right, line, { ...words, align: "right" });
}

/**
 * Draws the card of `report` into `canvas`, whose size it sets: 1600 px times `scale` wide, as high as its notices need.
 * Throws Error where there is no 2D canvas.
 */
export function drawCard(canvas: HTMLCanvasElement, report: Report, number: number, scale = 1): void {
  const rows = report.axes;
  const axis = scoreAxis(measuredAxes(report).map(({ score }) => score));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser cannot draw the card.");
  const measuring = createPen(context);
  const head = drawHeadline(measuring, report) + 74;
  const height = Math.ceil(head + 12 + rows.length * ROW + EVIDENCE + 24 + FOOT);
  canvas.width = Math.round(CARD_WIDTH * scale);
  canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const pen = createPen(context);
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, CARD_WIDTH, height);
  drawBrand(pen, report, number);
  drawHeadline(pen, report);
  drawScoreHead(pen, axis, head);
  const scoresTop = head + 12;
  rows.forEach((side, i) => drawSide(pen, side, axis, scoresTop + i * ROW));
  const evidence = scoresTop + rows.length * ROW;
  pen.rule(LEFT, evidence, RIGHT - LEFT);
  drawWorstColumns(pen, report, evidence + 20);
  drawDifference(pen, report, evidence + 20);
  drawFoot(pen, report, height - FOOT);
}
