import { sources } from "../../src/core/clinic/cohorts/numbers/sources.ts";
import { farthest, type Chart } from "./chart.ts";

const INK = ["#1d4f91", "#a3462c"];
const [WIDE, HIGH, LEFT, LOW, TOP] = [340, 190, 40, 44, 12];
const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const tidy = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();

/** The drawing alone: rings are the source's, points and lines the simulated ones. */
function drawing({ lines, unit }: Chart): string {
  const all = lines.flatMap(({ published, simulated }) => [...published, ...simulated]);
  const shares = unit === "%" || lines[0]?.name === "";
  const [least, most] = [shares ? Math.min(0, ...all) : Math.min(...all), Math.max(...all)];
  const room = (most - least || 1) * 0.08;
  const [from, to] = [least === 0 ? 0 : least - room, most + room];
  const y = (value: number): string =>
    (TOP + (HIGH - TOP - LOW) * (1 - (value - from) / (to - from))).toFixed(1);
  const count = Math.max(...lines.map(({ at }) => at.length));
  const x = (i: number): number => LEFT + ((WIDE - LEFT - 8) * (i + 0.5)) / count;
  const grid = [0, 0.5, 1].map((part) => {
    const value = from + (to - from) * part;
    return `<path class="g" d="M${LEFT} ${y(value)}H${WIDE}"/><text class="n" x="${LEFT - 4}" y="${Number(y(value)) + 3}">${tidy(value)}</text>`;
  });
  const long = (lines[0]?.at ?? []).some((name) => name.length > 6);
  const names = (lines[0]?.at ?? []).map((name, i) =>
    count > 12 && i % 3 > 0
      ? ""
      : long
        ? `<text class="a s" transform="translate(${(x(i) + 3).toFixed(1)} ${HIGH - LOW + 10}) rotate(-28)">${escaped(name.slice(0, 14))}</text>`
        : `<text class="a" x="${x(i).toFixed(1)}" y="${HIGH - LOW + 14}">${escaped(name)}</text>`,
  );
  const joined = count > 2 && !(lines[0]?.name === "" && long);
  const marks = lines.map(({ published, simulated }, line) => {
    const ink = INK[line] as string;
    const path = simulated.map((value, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(value)}`).join("");
    const points = simulated.map(
      (value, i) => `<circle cx="${x(i).toFixed(1)}" cy="${y(value)}" r="2" fill="${ink}"/>`,
    );
    const rings = published.map(
      (value, i) => `<circle cx="${x(i).toFixed(1)}" cy="${y(value)}" r="4.5" fill="none" stroke="${ink}"/>`,
    );
    return `${joined ? `<path d="${path}" fill="none" stroke="${ink}" stroke-width="1.4"/>` : ""}${points.join("")}${rings.join("")}`;
  });
  return `<svg viewBox="0 0 ${WIDE} ${HIGH}" role="img">${grid.join("")}${names.join("")}${marks.join("")}</svg>`;
}

function figureOf(chart: Chart): string {
  const { by, where } = farthest(chart);
  const inside = Math.abs(by) <= chart.tolerance;
  const legend = chart.lines
    .filter(({ name }) => name !== "")
    .map(({ name }, i) => `<b style="color:${INK[i]}">${name}</b>`)
    .join(", ");
  const rows = chart.lines.flatMap(({ name, at, published, simulated }) =>
    at.map((place, i) => {
      const [said, found] = [published[i] as number, simulated[i] as number];
      return `<tr><td>${escaped([name, place].filter(Boolean).join(", "))}<td>${tidy(said)}<td>${tidy(found)}<td>${found >= said ? "+" : "−"}${tidy(Math.abs(found - said))}`;
    }),
  );
  const cited = chart.sources.map((id) => sources.find((source) => source.id === id)?.citation ?? id);
  return `<figure><figcaption><h2>${escaped(chart.title)}, ${escaped(chart.unit)}</h2>${legend}</figcaption>${drawing(chart)}
<p class="${inside ? "" : "far"}">Farthest apart: ${tidy(by)} at ${escaped(where || "none")}; allowed ${tidy(chart.tolerance)}.${chart.note ? ` ${escaped(chart.note)}` : ""}</p>
<details><summary>Figures</summary><table><tr><th>${escaped(chart.across)}<th>source<th>simulated<th>apart</tr>${rows.join("")}</table></details>
<small>${cited.map(escaped).join("; ")}</small></figure>`;
}

/** The whole page: no script, nothing from elsewhere. */
export const pageOf = (
  charts: readonly Chart[],
): string => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The simulator beside its sources</title>
<style>body{font:14px/1.45 system-ui,sans-serif;margin:24px auto;max-width:1180px;padding:0 16px;color:#222;background:#fff}main{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:28px 24px}figure{margin:0}h1{font-size:22px}h2{font-size:15px;margin:0}svg{width:100%;height:auto}.g{stroke:#e3e3e3;fill:none}text{font:10px system-ui,sans-serif;fill:#555}.n{text-anchor:end}.a{text-anchor:middle}.a.s{text-anchor:end}p{margin:2px 0}.far{color:#a3462c;font-weight:600}small{color:#666}table{border-collapse:collapse;width:100%}td,th{text-align:right;padding:1px 6px;border-bottom:1px solid #eee}td:first-child,th:first-child{text-align:left}</style>
<h1>The simulator beside its sources</h1>
<p>Rings are the source's figures, points and lines what is simulated. Written by <code>npm run bench -- figures</code>.</p>
<main>${charts.map(figureOf).join("\n")}</main></html>
`;
