/** What stands behind a number, by the type of its detail: one table each, with range plots or curves where they help. */
import type { Detail, Unit } from "../../../metrics/metric.ts";
import { html, shortened, type Markup } from "./markup.ts";
import { scrolling, noiseMark } from "./report-parts.ts";
import { curvesChart } from "./svg-curves.ts";
import { rangePlot, rangeScale } from "./svg-range.ts";
import {
  percentTick,
  plainTick,
  valueAxis,
  type RangeAxis,
  type RangeMark,
} from "../../../shapes/range-shape.ts";
import {
  intervalWords,
  count,
  fixed,
  inUnit,
  measuredWords,
  percent,
  plain,
  plural,
} from "../../../words/numbers.ts";

/** Rows of a table, and frames of curves, that are shown at most; the rest is counted. */
const MOST_ROWS = 60;
const MOST_FRAMES = 12;
const MOST_POINTS = 40;

type Of<T extends Detail["type"]> = Extract<Detail, { type: T }>;

/** `label` names the table for those who cannot see it. */
export function detailMarkup(detail: Detail, label: string): Markup {
  switch (detail.type) {
    case "per-column":
      return perColumn(detail, label);
    case "models":
      return models(detail, label);
    case "figures":
      return figures(detail, label);
    case "coefficients":
      return html`${detail.models.slice(0, MOST_FRAMES).map((model) => coefficients(model, label))}
      ${rest(detail.models.length, MOST_FRAMES, "model")}`;
    case "curves":
      return curves(detail, label);
    case "groups":
      return groups(detail, label);
    case "rules":
      return rules(detail, label);
  }
}

const rest = (all: number, shown: number, of: string): Markup | undefined =>
  all > shown ? html`<p class="s q">${plural(all - shown, `more ${of}`)} in evaluation.json.</p>` : undefined;

const name = (text: string): string => shortened(text, 100);

/** Rows of a long list that stand open; those after them are a click away. */
const FIRST_ROWS = 8;

function perColumn({ columns }: Of<"per-column">, label: string): Markup {
  const more = columns.slice(FIRST_ROWS, MOST_ROWS);
  return html`${columnRows(columns.slice(0, FIRST_ROWS), label)}
  ${
    more.length > 0 &&
    html`<details>
      <summary>${plural(more.length, "more row")}</summary>
      ${columnRows(more, `${label}, more`)}
    </details>`
  }
  ${rest(columns.length, MOST_ROWS, "row")}`;
}

const columnRows = (columns: Of<"per-column">["columns"], label: string): Markup =>
  scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          <th scope="col">Worst first</th>
          <th scope="col">Value</th>
          <th scope="col">× noise</th>
          <th scope="col"><span class="vh">Verdict</span></th>
        </tr>
      </thead>
      <tbody>
        ${columns.map(
          (column) =>
            html`<tr>
              <th scope="row">${name(column.name)}</th>
              <td>${fixed(column.value, 3)}</td>
              <td>${fixed(column.noise, 1)}</td>
              <td>${noiseMark(column.verdict)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );

function models({ rows, unit }: Of<"models">, label: string): Markup {
  const marks = rows.flatMap((row): RangeMark[] => [
    { value: row.real, interval: row.realInterval },
    { value: row.synthetic, interval: row.syntheticInterval },
  ]);
  const axis = valueAxis(marks);
  return html`${scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          <th scope="col">Learner</th>
          ${scaleHead(axis)}
          <th scope="col">${unit}, learned from real</th>
          <th scope="col">learned from synthetic</th>
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, MOST_ROWS).map(
          (row) =>
            html`<tr>
              <th scope="row">${name(row.name)}</th>
              ${plotCell(
                axis,
                { value: row.synthetic, interval: row.syntheticInterval },
                { value: row.real, interval: row.realInterval },
                `${row.name}, ${unit}`,
                plain,
              )}
              <td class="r">
                ${fixed(row.real, 3)} (${intervalWords(row.realInterval, (v) => fixed(v, 3))})
              </td>
              <td class="y">
                ${fixed(row.synthetic, 3)} (${intervalWords(row.syntheticInterval, (v) => fixed(v, 3))})
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  ${rest(rows.length, MOST_ROWS, "row")}`;
}

const scaleHead = (axis: RangeAxis | undefined): Markup | undefined =>
  axis && html`<th scope="col" class="plot">${rangeScale(axis)}</th>`;

/** Empty where the row has no place on the axis. */
function plotCell(
  axis: RangeAxis | undefined,
  synthetic: RangeMark,
  real: RangeMark | undefined,
  label: string,
  write: (value: number) => string,
  chance?: number,
): Markup | undefined {
  if (axis === undefined) return undefined;
  const words = [
    `synthetic ${measuredWords(synthetic, write)}`,
    ...(real === undefined ? [] : [`real ${measuredWords(real, write)}`]),
  ].join("; ");
  return html`<td class="plot">
    ${rangePlot({
      axis,
      synthetic,
      ...(real === undefined ? {} : { real }),
      ...(chance === undefined ? {} : { chance }),
      label: `${label}: ${words}.`,
    })}
  </td>`;
}

/** One axis for all shares; numbers and counts of different things have none in common. */
function shareAxis(
  rows: readonly { unit: Unit; marks: readonly (RangeMark | undefined)[] }[],
): RangeAxis | undefined {
  const marks = rows
    .filter(({ unit }) => unit === "share")
    .flatMap((row) => row.marks.filter((mark): mark is RangeMark => mark !== undefined));
  return marks.length === 0 ? undefined : valueAxis(marks, percentTick);
}

function figures({ rows }: Of<"figures">, label: string): Markup {
  const shown = rows.slice(0, MOST_ROWS);
  const chances = shown.flatMap(({ chance }) => (chance === undefined ? [] : [{ value: chance }]));
  const axis = shareAxis([
    ...shown.map(({ unit, synthetic, baseline }) => ({ unit, marks: [synthetic, baseline] })),
    { unit: shown.every(({ unit }) => unit === "share") ? "share" : "number", marks: chances },
  ]);
  const hasBaseline = shown.some(({ baseline }) => baseline !== undefined);
  const hasChance = chances.length > 0;
  const hasVerdict = shown.some(({ verdict }) => verdict !== undefined);
  const hasNote = shown.some(({ note }) => note !== undefined);
  return html`${scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          ${scaleHead(axis)}
          <th scope="col">Synthetic</th>
          ${hasBaseline && html`<th scope="col">Held-out real</th>`}
          ${hasChance && html`<th scope="col">Chance</th>`}
          ${hasVerdict && html`<th scope="col"><span class="vh">Verdict</span></th>`}
          ${hasNote && html`<th scope="col" class="w">Note</th>`}
        </tr>
      </thead>
      <tbody>
        ${shown.map((row) => {
          const write = (value: number): string => inUnit(value, row.unit);
          return html`<tr>
            <th scope="row">${name(row.name)}</th>
            ${
              axis && row.unit !== "share"
                ? html`<td class="plot"></td>`
                : plotCell(axis, row.synthetic, row.baseline, row.name, write, row.chance)
            }
            <td class="y">${measuredWords(row.synthetic, write)}</td>
            ${hasBaseline && html`<td class="r">${row.baseline && measuredWords(row.baseline, write)}</td>`}
            ${hasChance && html`<td>${row.chance !== undefined && write(row.chance)}</td>`}
            ${hasVerdict && html`<td>${row.verdict && noiseMark(row.verdict)}</td>`}
            ${hasNote && html`<td class="w">${row.note}</td>`}
          </tr>`;
        })}
      </tbody>
    </table>`,
  )}
  ${rest(rows.length, MOST_ROWS, "row")}`;
}

function coefficients(model: Of<"coefficients">["models"][number], label: string): Markup {
  const shown = model.rows.slice(0, MOST_ROWS);
  const marks = shown.flatMap(({ real, synthetic }) => [real, synthetic]);
  const axis = valueAxis([...marks, { value: 0 }], plainTick);
  return html`<h4>${name(model.name)}</h4>
    ${scrolling(
      `${label}: ${model.name}`,
      html`<table>
        <thead>
          <tr>
            <th scope="col">Term</th>
            ${scaleHead(axis)}
            <th scope="col">On real rows</th>
            <th scope="col">On synthetic rows</th>
            <th scope="col">Overlap of intervals</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (row) =>
              html`<tr>
                <th scope="row">${name(row.term)}</th>
                ${plotCell(axis, row.synthetic, row.real, row.term, plain, 0)}
                <td class="r">${measuredWords(row.real, plain)}</td>
                <td class="y">${measuredWords(row.synthetic, plain)}</td>
                <td>${percent(row.overlap, 0)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    ${rest(model.rows.length, MOST_ROWS, "term")}`;
}

type Curve = Of<"curves">["curves"][number];

/** Curves that carry one name belong into one frame; where no name has both sides, all share one. */
function frames(all: readonly Curve[]): { title: string; curves: readonly Curve[] }[] {
  const names = [...new Set(all.map((curve) => curve.name))];
  const of = (title: string): Curve[] => all.filter((curve) => curve.name === title);
  const paired = names.some((title) => new Set(of(title).map((curve) => curve.of)).size === 2);
  return paired ? names.map((title) => ({ title, curves: of(title) })) : [{ title: "", curves: all }];
}

function curves(detail: Of<"curves">, label: string): Markup {
  const all = frames(detail.curves);
  return html`<p class="key">
      <span class="r">● Real, solid line</span><span class="y">○ Synthetic, open dots</span>
    </p>
    <div class="maps">
      ${all.slice(0, MOST_FRAMES).map(
        ({ title, curves: shown }) =>
          html`<figure>
            ${title !== "" && html`<figcaption><h4>${name(title)}</h4></figcaption>`}
            ${curvesChart(shown, detail, `${label}${title === "" ? "" : `, ${title}`}: ${detail.y} by ${detail.x}, real and synthetic.`)}
            <details>
              <summary>As a table</summary>
              ${scrolling(`${label}, ${title} as a table`, curvesTable(shown, detail))}
            </details>
          </figure>`,
      )}
    </div>
    ${rest(all.length, MOST_FRAMES, "frame")}`;
}

const curvesTable = (shown: readonly Curve[], { x, y }: Of<"curves">): Markup =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Curve</th>
        <th scope="col">${x}</th>
        <th scope="col">${y}</th>
        <th scope="col">Rows</th>
      </tr>
    </thead>
    <tbody>
      ${shown.flatMap((curve) =>
        thinned(curve.points).map(
          (point) =>
            html`<tr>
              <th scope="row">
                ${curve.of === "real" ? "Real" : "Synthetic"}${curve.name !== "" && `, ${name(curve.name)}`}
              </th>
              <td>${plain(point.x)}</td>
              <td>${plain(point.y)}</td>
              <td>${count(point.rows)}</td>
            </tr>`,
        ),
      )}
    </tbody>
  </table>`;

function thinned<T>(points: readonly T[]): readonly T[] {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => points[Math.round(i * step)] as T);
}

function groups({ groups: all, unit }: Of<"groups">, label: string): Markup {
  const shown = all.slice(0, MOST_ROWS);
  const axis = shareAxis(
    shown.flatMap(({ figures: own = [] }) =>
      own.map((figure) => ({ unit: figure.unit, marks: [figure.real, figure.synthetic] })),
    ),
  );
  return html`${scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Patients</th>
          <th scope="col" class="w">${unit}</th>
          ${scaleHead(axis)}
          <th scope="col">Real</th>
          <th scope="col">Synthetic</th>
          <th scope="col"><span class="vh">Verdict</span></th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((group) => groupRows(group, axis))}
      </tbody>
    </table>`,
  )}
  ${rest(all.length, MOST_ROWS, "group")}`;
}

function groupRows(group: Of<"groups">["groups"][number], axis: RangeAxis | undefined): Markup {
  const own = group.figures ?? [];
  const patients = group.patients === undefined ? "" : count(group.patients);
  if (own.length === 0)
    return html`<tr>
      <th scope="row">${name(group.name)}</th>
      <td>${patients}</td>
      <td class="w" colspan="${axis === undefined ? 3 : 4}">${group.reason ?? "Nothing was measured."}</td>
      <td>${group.verdict && noiseMark(group.verdict)}</td>
    </tr>`;
  return html`${own.map((figure, i) => {
    const write = (value: number): string => inUnit(value, figure.unit);
    return html`<tr>
      ${
        i === 0 &&
        html`<th scope="rowgroup" rowspan="${own.length}">
            ${name(group.name)}${group.reason !== undefined && html`<br /><span class="s q">${group.reason}</span>`}
          </th>
          <td rowspan="${own.length}">${patients}</td>`
      }
      <td class="w">${figure.name}</td>
      ${
        axis && figure.unit !== "share"
          ? html`<td class="plot"></td>`
          : plotCell(axis, figure.synthetic, figure.real, `${group.name}, ${figure.name}`, write)
      }
      <td class="r">${measuredWords(figure.real, write)}</td>
      <td class="y">${measuredWords(figure.synthetic, write)}</td>
      ${i === 0 && html`<td rowspan="${own.length}">${group.verdict && noiseMark(group.verdict)}</td>`}
    </tr>`;
  })}`;
}

function rules({ rules: all }: Of<"rules">, label: string): Markup {
  const shown = all.slice(0, MOST_ROWS);
  const axis = valueAxis(
    [
      { value: 0 },
      ...shown.flatMap(({ real, synthetic, interval }) => [{ value: real }, { value: synthetic, interval }]),
    ],
    percentTick,
    [0, 1],
  );
  return html`${scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          ${scaleHead(axis)}
          <th scope="col">Broken by real rows</th>
          <th scope="col">by synthetic rows</th>
          <th scope="col">Rows it applies to</th>
          <th scope="col"><span class="vh">Verdict</span></th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (rule) =>
            html`<tr>
              <th scope="row">${name(rule.rule)}</th>
              ${plotCell(axis, { value: rule.synthetic, interval: rule.interval }, { value: rule.real }, rule.rule, percent)}
              <td class="r">${Number.isNaN(rule.real) ? "fewer than 5 rows" : percent(rule.real)}</td>
              <td class="y">${percent(rule.synthetic)} (${intervalWords(rule.interval, percent)})</td>
              <td>${count(rule.rows)}</td>
              <td>${noiseMark(rule.verdict)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  ${rest(all.length, MOST_ROWS, "rule")}`;
}
