/** One column on the card: the same shapes as on the page. */
import { labelWidth } from "../charts/text-width.ts";
import type { ColumnComparison } from "../../core/report/report.ts";
import {
  anyMissing,
  missingWords,
  barShapes,
  histogramShape,
  liesDown,
  stepPath,
  tallest,
  type BarShape,
  type HistogramShape,
  type PlotBox as Box,
} from "../../core/shapes/column-shape.ts";
import { palette } from "./palette.ts";
import { hatch, type Pen } from "./pen.ts";

const TICK = { size: 13, colour: "ink-3" } as const;

function drawHistogram(pen: Pen, shape: HistogramShape, box: Box): void {
  const top = tallest(shape.steps, false);
  const bottom = box.y + box.height;
  const real = stepPath(shape.steps, (step) => step.real / top, box);
  const synthetic = stepPath(shape.steps, (step) => step.synthetic / top, box);
  pen.fill(`${real}V${bottom}H${box.x}Z`, palette["real-fill"]);
  pen.stroke(real, palette.real, 1);
  pen.stroke(synthetic, palette.surface, 5);
  pen.stroke(synthetic, palette.syn, 2);
  pen.stroke(`M${box.x} ${bottom + 0.5}H${box.x + box.width}`, palette.edge, 1);
  for (const tick of shape.ticks) {
    const align = tick.anchor === "middle" ? "center" : tick.anchor === "start" ? "left" : "right";
    pen.text(tick.label, box.x + tick.at * box.width, bottom + 16, { ...TICK, align });
  }
}

function hatched(pen: Pen, outline: string): void {
  const { context } = pen;
  context.fillStyle = hatch(context);
  context.fill(new Path2D(outline));
  pen.stroke(outline, palette.syn, 1.75);
}

function drawStandingBars(pen: Pen, bars: readonly BarShape[], box: Box): void {
  const top = tallest(bars, false);
  const slot = box.width / bars.length;
  const thick = Math.min(44, slot * 0.36);
  const bottom = box.y + box.height;
  bars.forEach((bar, i) => {
    const middle = box.x + (i + 0.5) * slot;
    const y = bottom - (bar.real / top) * box.height;
    const left = middle - thick - 1;
    pen.fill(`M${left} ${bottom}V${y}h${thick}V${bottom}z`, palette["real-fill"]);
    pen.stroke(`M${left} ${y}h${thick}`, palette.real, 1);
    const right = bottom - (bar.synthetic / top) * box.height;
    hatched(pen, `M${middle + 2} ${bottom}V${right}h${thick}V${bottom}`);
    pen.text(pen.fit(bar.label, slot - 4, TICK), middle, bottom + 16, { ...TICK, align: "center" });
  });
  pen.stroke(`M${box.x} ${bottom + 0.5}H${box.x + box.width}`, palette.edge, 1);
}

function drawLyingBars(pen: Pen, bars: readonly BarShape[], box: Box): void {
  const top = tallest(bars, false);
  const slot = (box.height + 16) / bars.length;
  const thick = Math.min(9, slot * 0.36);
  const names = Math.min(box.width * 0.45, Math.max(...bars.map((bar) => pen.measure(bar.label, TICK))) + 8);
  const left = box.x + names;
  const room = box.width - names - 2;
  bars.forEach((bar, i) => {
    const middle = box.y + (i + 0.5) * slot;
    const real = (bar.real / top) * room;
    pen.fill(`M${left} ${middle - thick - 0.5}h${real}v${thick}H${left}z`, palette["real-fill"]);
    pen.stroke(`M${left + real} ${middle - thick - 0.5}v${thick}`, palette.real, 1);
    hatched(pen, `M${left} ${middle + 1}h${(bar.synthetic / top) * room}v${thick - 1}H${left}`);
    pen.text(pen.fit(bar.label, names - 8, TICK), left - 7, middle + 4.5, { ...TICK, align: "right" });
  });
  pen.stroke(`M${left - 0.5} ${box.y}V${box.y + box.height + 16}`, palette.edge, 1);
}

function drawMissing(pen: Pen, missing: ColumnComparison["missing"], box: Box): void {
  const bottom = box.y + box.height;
  const at = (share: number): number => bottom - share * box.height;
  pen.stroke(`M${box.x + 0.5} ${box.y + 0.5}h27V${bottom}h-27z`, palette.line, 1);
  pen.fill(`M${box.x + 1} ${bottom}V${at(missing.real)}h12V${bottom}z`, palette["real-fill"]);
  pen.stroke(`M${box.x + 1} ${at(missing.real)}h12`, palette.real, 1);
  hatched(pen, `M${box.x + 15} ${bottom}V${at(missing.synthetic)}h11V${bottom}`);
  pen.stroke(`M${box.x} ${bottom + 0.5}h28`, palette.edge, 1);
  const words = missingWords(missing);
  const y = Math.max(box.y + 30, Math.min(at(missing.real), at(missing.synthetic)) - 6);
  const centre = { align: "center", size: 13 } as const;
  if (words.real === words.synthetic) pen.text(words.real, box.x + 14, y, { ...centre, colour: "ink-3" });
  else {
    pen.text(words.real, box.x + 14, y - 14, { ...centre, colour: "real" });
    pen.text(words.synthetic, box.x + 14, y, { ...centre, colour: "syn" });
  }
  pen.text("missing", box.x + 14, bottom + 16, { ...centre, colour: "ink-3" });
}

/** Draws the column into `box`; tick labels stand 20 px below it. Small cells are merged in the report already. */
export function drawColumn(pen: Pen, column: ColumnComparison, box: Box): void {
  const missing = anyMissing(column);
  const plot = { ...box, width: missing ? box.width - 44 : box.width };
  const { chart } = column;
  if (chart.type === "histogram") drawHistogram(pen, histogramShape(chart, "log"), plot);
  else if (liesDown(chart.levels, plot.width, labelWidth)) drawLyingBars(pen, barShapes(chart), plot);
  else drawStandingBars(pen, barShapes(chart), plot);
  if (missing) drawMissing(pen, column.missing, { ...box, x: box.x + box.width - 28, width: 28 });
}
