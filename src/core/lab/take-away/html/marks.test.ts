import { expect, test } from "vitest";
import { mostLinked, outlined, worstFirst } from "../../../shapes/heatmap-shape.ts";
import { valueAxis } from "../../../shapes/range-shape.ts";
import { exampleReport } from "../fixtures/example-report.ts";
import { mapSection } from "./html-map.ts";
import { columnChart } from "./svg-column.ts";
import { curvesChart } from "./svg-curves.ts";
import { heatmap } from "./svg-heatmap.ts";
import { marginPlot, marginScale } from "./svg-margin.ts";
import { rangePlot, rangeScale } from "./svg-range.ts";

/** Pictures as tests: what each mark draws lies in pictures/ as text; `vitest -u` writes it anew, to be looked at. */
const picture = (name: string): string => `pictures/${name}.svg.txt`;
const report = exampleReport();

test.each([
  [0, "histogram"],
  [1, "standing-bars"],
  [7, "lying-bars"],
] as const)("column %i as a %s", async (at, name) => {
  const column = report.columns[at];
  expect(column).toBeDefined();
  if (column) await expect(columnChart(column).text).toMatchFileSnapshot(picture(name));
});

test("a heatmap of differences", async () => {
  const { correlations } = report;
  const shown = worstFirst(correlations, mostLinked(correlations));
  const drawn = heatmap({
    correlations,
    matrix: correlations.difference,
    shown,
    scale: 0.5,
    colours: ["mre", "lss"],
    label: "Differences",
    framed: outlined(correlations, shown),
  });
  await expect(drawn.text).toMatchFileSnapshot(picture("heatmap"));
});

test("a range plot under its scale", async () => {
  const synthetic = { value: 0.62, interval: { low: 0.55, high: 0.69 } };
  const real = { value: 0.74, interval: { low: 0.7, high: 0.78 } };
  const axis = valueAxis([synthetic, real]);
  const drawn = `${rangeScale(axis).text}\n${rangePlot({ axis, synthetic, real, chance: 0.6, label: "AUROC" }).text}`;
  await expect(drawn).toMatchFileSnapshot(picture("range-plot"));
});

test("distances from held-out patients in margins: worse, cannot tell, as good, far beyond", async () => {
  const rows = [
    ["worse", 0.09, 0.05, 0.13],
    ["cannot tell", 0.01, -0.06, 0.09],
    ["as good", 0, -0.02, 0.02],
    ["far", 2.19, 2.1, 2.3],
  ] as const;
  const drawn = rows.map(
    ([name, value, low, high]) =>
      marginPlot({ name, loss: { value, interval: { low, high } }, margin: 0.03 }).text,
  );
  await expect([marginScale().text, ...drawn].join("\n")).toMatchFileSnapshot(picture("margins"));
});

test("calibration curves", async () => {
  const detail = report.metrics.flatMap(({ result }) =>
    result.status === "ok" && result.detail?.type === "curves" ? [result.detail] : [],
  )[0];
  expect(detail).toBeDefined();
  const drawn = curvesChart(detail?.curves ?? [], { x: "Predicted", y: "Observed" }, "Calibration");
  await expect(drawn.text).toMatchFileSnapshot(picture("curves"));
});

test("a map of rows", async () => {
  const maps = report.map;
  expect(maps).toBeDefined();
  if (maps) await expect(mapSection(maps).text).toMatchFileSnapshot(picture("map"));
});
