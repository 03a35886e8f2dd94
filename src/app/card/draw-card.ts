/** One run on one card, 1600 px wide, in the light theme: shape, model, seed, five sides, worst columns, links, date. */
import { sides } from "../../core/words/sides.ts";
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
import { fixed } from "../../core/words/numbers.ts";
import { answersWords, comparedWords } from "../../core/words/unanswered.ts";
import { madeWords } from "../charts/made.ts";
import { marginLines, marginShape } from "../../core/shapes/margin-shape.ts";
import { verdictWords } from "../../core/words/verdict.ts";
import { notMeasuredShape, verdictShapes } from "../charts/verdict-mark.tsx";
import { isMeasuredAxis, type MeasuredAxis } from "../state/axes.ts";
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

interface MarkShape {
  readonly fill?: string;
  readonly cut?: string;
  readonly stroke?: string;
  readonly dashed?: string;
}

const drawMark = (pen: Pen, verdict: Verdict, x: number, y: number, size: number): void =>
  drawShape(pen, verdictShapes[verdict], palette[tone[verdict]], x, y, size);

function drawShape(pen: Pen, shape: MarkShape, colour: string, x: number, y: number, size: number): void {
  const { context } = pen;
  context.save();
  context.translate(x, y);
  context.scale(size / 14, size / 14);
  if (shape.fill) pen.fill(shape.fill, colour);
  if (shape.dashed) pen.stroke(shape.dashed, colour, 1.3, [2.5, 1.6]);
  if (shape.stroke) pen.stroke(shape.stroke, colour, 1.3);
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

/** Both sentences and what they rest on. Returns the baseline of the last line. */
function drawVerdict(pen: Pen, report: Report): number {
  const { headline, caveat } = report;
  const fits = (size: number): boolean => pen.lines(headline, RIGHT - LEFT, title(size), 3).length <= 2;
  const size = [40, 36, 32, 28].find(fits) ?? 28;
  let y = 142;
  for (const line of pen.lines(headline, RIGHT - LEFT, title(size), 3)) {
    pen.text(line, LEFT, y, title(size));
    y += size * 1.15;
  }
  y += 34 - size * 1.15;
  const bold = { size: 20, bold: true } as const;
  for (const line of caveat === undefined ? [] : pen.lines(caveat, RIGHT - LEFT, bold, 3)) {
    pen.text(line, LEFT, y, bold);
    y += 28;
  }
  const facts = { size: 18, colour: "ink-2" } as const;
  const lines = pen.lines(`${comparedWords(report)} ${answersWords(report)}`, RIGHT - LEFT, facts, 2);
  lines.forEach((line, i) => pen.text(line, LEFT, y + 2 + 26 * i, facts));
  return y + 2 + 26 * (lines.length - 1);
}

const title = (size: number) => ({ size, bold: true, tight: -0.025 }) as const;

const PICTURE = { x: 532, width: 292 } as const;
const VERDICT = 262;
const SENTENCE = 850;
const ANSWERS = RIGHT;

const at = (share: number): number => PICTURE.x + share * PICTURE.width;

function drawSidesHead(pen: Pen, y: number): void {
  const small = { size: 15, colour: "ink-3" } as const;
  pen.text("Worst first", LEFT, y, small);
  pen.text("Against held-out patients", VERDICT, y, small);
  const tick = { size: 14, colour: "ink-3" } as const;
  pen.text("← worse", PICTURE.x, y + 2, tick);
  pen.text("margin", at(marginLines.margin), y + 2, { ...tick, align: "center" });
  pen.text("equal", at(marginLines.equal), y + 2, tick);
  const words = { ...small, colour: "ink-2" } as const;
  const real = SENTENCE + 196;
  pen.stroke(`M${SENTENCE} ${y - 9}v8m0-4h26m0-4v8`, palette.syn, 1.75);
  drawPoint(pen, SENTENCE + 13, y - 5, 5);
  pen.text("Synthetic, 95% interval", SENTENCE + 34, y, words);
  pen.fill(`M${real + 34} ${y - 13}h24v16h-24z`, palette["real-fill"]);
  pen.stroke(`M${real + 34} ${y - 13}v16`, palette.real, 1.5, [3, 2]);
  pen.stroke(`M${real + 47} ${y - 13}v16`, palette.real, 2);
  pen.text("Held-out real and the margin", real + 66, y, words);
  pen.text("Deciding measures", ANSWERS, y, { ...small, align: "right" });
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

function drawSide(pen: Pen, side: Axis, top: number): void {
  const middle = top + ROW / 2;
  pen.rule(LEFT, top, RIGHT - LEFT);
  const name = { size: 19, bold: true } as const;
  pen.text(pen.fit(sides[side.family].name, VERDICT - LEFT - 12, name), LEFT, middle + 6, name);
  drawMark(pen, side.verdict, VERDICT, middle - 9, 18);
  const bad = side.verdict === "worse" || side.verdict === "much-worse";
  pen.text(pen.fit(verdictWords[side.verdict], 232, { size: 16 }), VERDICT + 24, middle + 6, {
    size: 16,
    colour: bad ? "bad" : "ink",
  });
  if (isMeasuredAxis(side)) drawDistance(pen, side, middle);
  const from = drawAnswers(pen, side.answers, middle);
  drawSentence(pen, side.sentence, from - 24 - SENTENCE, middle);
}

/** Up to three lines; what does not fit is in the report. */
function drawSentence(pen: Pen, says: string, room: number, middle: number): void {
  const usual = pen.lines(says, room, { size: 15 }, 3).length < 3;
  const words = { size: usual ? 15 : 14, colour: "ink-2" } as const;
  const lines = pen.lines(says, room, words, usual ? 2 : 3);
  const leading = usual ? 20 : 18;
  lines.forEach((line, i) =>
    pen.text(line, SENTENCE, middle + 5 + (i - (lines.length - 1) / 2) * leading, words),
  );
}

/** The same picture as on the page: margin dashed, equality solid, synthetic as point and whisker. */
function drawDistance(pen: Pen, { loss, margin }: MeasuredAxis, middle: number): void {
  const edge = at(marginLines.margin);
  pen.fill(`M${edge} ${middle - 9}H${at(1)}v18H${edge}z`, palette["real-fill"]);
  pen.stroke(`M${edge} ${middle - 13}v26`, palette.real, 1.5, [3, 2]);
  pen.stroke(`M${at(marginLines.equal)} ${middle - 9}v18`, palette.real, 2);
  const { whisker, beyond, point, far } = marginShape(loss, margin);
  if (far !== undefined) {
    pen.stroke(`M${PICTURE.x + 6} ${middle - 4}l-5 4 5 4m-5-4h24`, palette.syn, 1.75);
    pen.text(far, PICTURE.x + 32, middle + 5, { size: 14, colour: "syn" });
    return;
  }
  if (whisker === undefined) return;
  const [from, to] = [at(whisker.from), at(whisker.to)];
  pen.stroke(`M${from} ${middle}H${to}`, palette.surface, 4.5);
  const left = beyond.worse ? `M${from + 5} ${middle - 4}l-5 4 5 4` : `M${from} ${middle - 4}v8`;
  const right = beyond.better ? `M${to - 5} ${middle - 4}l5 4-5 4` : `M${to} ${middle - 4}v8`;
  pen.stroke(`${left}M${from} ${middle}H${to}${right}`, palette.syn, 1.75);
  if (point !== undefined) drawPoint(pen, at(point), middle, 5.5);
}

/** How many measures gave which answer, from the right; returns where they begin. */
function drawAnswers(pen: Pen, counts: Axis["answers"], middle: number): number {
  const number = { size: 15, colour: "ink-2" } as const;
  const parts = [
    ["worse", counts.worse],
    ["cannot-tell", counts.cannotTell],
    ["good", counts.good],
    ["not-measured", counts.notMeasured],
  ] as const;
  let x: number = ANSWERS;
  for (const [what, how] of parts.toReversed()) {
    if (how === 0) continue;
    x -= pen.measure(String(how), number);
    pen.text(String(how), x, middle + 5, number);
    x -= 19;
    if (what === "not-measured") drawShape(pen, notMeasuredShape, palette["ink-2"], x, middle - 7.5, 15);
    else drawMark(pen, what, x, middle - 7.5, 15);
    x -= 12;
  }
  return x;
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
  drawSidesHead(pen, head);
  const scoresTop = head + 12;
  rows.forEach((side, i) => drawSide(pen, side, scoresTop + i * ROW));
  const evidence = scoresTop + rows.length * ROW;
  pen.rule(LEFT, evidence, RIGHT - LEFT);
  drawWorstColumns(pen, report, evidence + 20);
  drawDifference(pen, report, evidence + 20);
  drawFoot(pen, report, height - FOOT);
}
