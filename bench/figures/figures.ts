/** Draws what the simulator shows beside what its sources say, as a page in bench/results. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Figure } from "../figure.ts";
import { adultCharts } from "./adults.ts";
import { farthest } from "./chart.ts";
import { cohortCharts } from "./cohorts.ts";
import { pageOf } from "./page.ts";

const page = fileURLToPath(new URL("../results/simulator-figures.html", import.meta.url));

export async function benchFigures(): Promise<Figure[]> {
  const charts = [...adultCharts(), ...cohortCharts()];
  await writeFile(page, pageOf(charts));
  return charts.map((chart) => {
    const { by, where } = farthest(chart);
    return {
      what: `${chart.title}: farthest from the source`,
      value: Math.abs(by),
      unit: chart.unit,
      goal: { most: chart.tolerance },
      note: where,
    };
  });
}
