import { expect, test } from "vitest";
import { incidence } from "../../../report/incidence-shape.ts";
import type { IncidenceComparison } from "../../../report/report.ts";
import { incidenceSection } from "./html-incidence.ts";

const compared: IncidenceComparison = {
  columns: [
    {
      name: "onset <b>",
      series: [
        {
          every: "week",
          start: Date.parse("2020-12-28") / 86_400_000,
          real: [20, NaN, 31],
          synthetic: [18, 4, 30],
          scale: 1,
          partial: { first: false, last: false },
          alarms: { detector: "farrington", from: 0, real: [2], synthetic: [2] },
        },
      ],
    },
  ],
};

test("a picture, what its alarms say, and a table without small counts; names of the table are text", () => {
  const { text } = incidenceSection(compared, "rows");
  expect(text).toContain("onset &lt;b&gt; by week");
  expect(text).not.toContain("<b>");
  expect(text).toContain("1 week in the real table, of which 1 in the synthetic one too");
  expect(text).toMatch(/Week 1, from 2021-01-04<\/th>\s*<td class="r">under 5 or hidden/);
  expect(text).toMatch(/Week 2, from 2021-01-11<\/th>\s*<td class="r">31 \(alarm\)/);
  expect(text).not.toMatch(/NaN|undefined/);
});

test("a report from a file holds it, hidden counts as null; series of different lengths are refused", () => {
  const file = JSON.parse(JSON.stringify(compared)) as unknown;
  expect(incidence.parse(file)).toEqual(compared);
  const [column] = compared.columns;
  const [series] = column?.series ?? [];
  const cut = { columns: [{ name: "onset", series: [{ ...series, synthetic: [1] }] }] };
  expect(incidence.safeParse(cut).success).toBe(false);
});
