/**
 * What a report notices: synthetic rows that are fresh patients with one damage each, at several sizes, several draws; in how many
 * a scored measure says worse, and in how many the findings or the caveat name one that does. The first damage is none: what
 * is noticed there are false alarms. Draws are written as they come (bench/out/power ….json) and taken up again from there.
 * Options: --sizes 300,600,2000, --draws 20, --only text,text (damages whose name holds one), --measures scored | new | before |
 * made (those made for the damage) | id,id, --leave id,id (slow ones), --again (forget kept draws).
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { axesOf } from "../../src/core/lab/evaluate/axes.ts";
import { infoOf } from "../../src/core/lab/evaluate/measure-each.ts";
import { findingsOf } from "../../src/core/lab/evaluate/findings.ts";
import { wordHeadline } from "../../src/core/lab/evaluate/headline.ts";
import { createRng } from "../../src/core/math/rng.ts";
import { judgedResult } from "../../src/core/metrics/measuring/judge.ts";
import type { Measurement, Metric, Tables } from "../../src/core/metrics/metric.ts";
import { metrics as every } from "../../src/core/metrics/registry.ts";
import type { Report } from "../../src/core/report/report.ts";
import type { Figure } from "../figure.ts";
import { damages } from "./damages.ts";
import type { Damage } from "./damages.ts";
import { freshPatients } from "./population.ts";

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    sizes: { type: "string", default: "300,600,2000" },
    draws: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    measures: { type: "string", default: "scored" },
    leave: { type: "string", default: "" },
    again: { type: "boolean", default: false },
  },
});
const listed = (name: "sizes" | "only" | "measures" | "leave"): string[] =>
  String(asked[name]).split(",").filter(Boolean);

/** Which measures a draw was looked at with; those left out count as judged together with the others all the same. */
const used = [...listed("measures"), ...listed("leave").map((id) => `without ${id}`)].join(" ");
const kept = new URL(`../out/power ${used} ${listed("sizes").join(" ")}.json`, import.meta.url);

/** What this table of power was made for; the others were there before. */
const NEW = [
  "level-coverage",
  "moments",
  "cross-prediction",
  "outcome-association",
  "cross-calibration",
  "kept-rules",
];

function measuresFor({ by }: Damage): Metric[] {
  const [first] = listed("measures");
  const scored = every.filter(({ scored: speaks, id }) => speaks && !listed("leave").includes(id));
  if (first === "scored") return scored;
  if (first === "new") return scored.filter(({ id }) => NEW.includes(id));
  if (first === "before") return scored.filter(({ id }) => !NEW.includes(id));
  const made = by.length > 0 ? by : NEW;
  return every.filter(({ id }) => (first === "made" ? made : listed("measures")).includes(id));
}

interface Draw {
  readonly damage: string;
  readonly rows: number;
  readonly draw: number;
  readonly measures: string;
  /** measures that say worse or much worse, worst first */
  readonly worse: readonly string[];
  /** those of them that the findings name */
  readonly told: readonly string[];
  readonly caveat: string;
  readonly seconds: number;
}

/** `rows` patients learned from, a quarter as many held out, as many synthetic: all by the draw's seed. */
async function look(damage: Damage, rows: number, draw: number, measures: readonly Metric[]): Promise<Draw> {
  const seed = 1000 * rows + draw;
  const train = freshPatients(rows, seed);
  const holdout = freshPatients(Math.round(rows / 4), seed + 200_000_000);
  const rng = createRng(seed).fork(damage.name);
  const tables: Tables = { train, holdout, synthetic: damage.make(rows, seed + 400_000_000, rng, train) };
  const started = performance.now();
  const found: { metric: Metric; result: Measurement }[] = [];
  for (const metric of measures)
    found.push({ metric, result: await metric.compute(tables, rng.fork(metric.id)) });
  const silent = found.filter(({ result }) => result.status !== "ok").length;
  const together = every.filter(({ scored }) => scored).length - silent;
  const judged: Report["metrics"] = found.map(({ metric, result }) => ({
    info: infoOf(metric),
    result: judgedResult(metric, result, together),
    seconds: 0,
  }));
  const worse = judged.filter(
    ({ info, result }) => info.scored && result.status === "ok" && /worse/.test(result.verdict),
  );
  const facts = {
    rows: judged,
    axes: axesOf(judged),
    columns: [],
    metrics: measures,
    heldOut: holdout.rows,
    synthetic: rows,
    elsewhere: false,
    target: "died_30d",
    seen: "some",
  } as const;
  const findings = findingsOf(facts);
  return {
    damage: damage.name,
    rows,
    draw,
    measures: used,
    worse: worse.map(({ info }) => info.id),
    told: findings.map(({ metric }) => metric),
    caveat: wordHeadline(facts).caveat,
    seconds: (performance.now() - started) / 1000,
  };
}

async function keptDraws(): Promise<Draw[]> {
  const path = fileURLToPath(kept);
  if (asked["again"] === true || !existsSync(path)) return [];
  return JSON.parse(await readFile(path, "utf8")) as Draw[];
}

/** "level-coverage 20, c2st 3" */
function named(draws: readonly Draw[]): string {
  const counts = new Map<string, number>();
  for (const { worse } of draws) for (const id of worse) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([id, times]) => `${id} ${times}`)
    .join(", ");
}

function figureOf(damage: Damage, rows: number, draws: readonly Draw[]): Figure {
  const alarms = damage === damages[0];
  const caught = draws.filter(({ worse }) => worse.length > 0).length;
  const told = draws.filter(({ told: names }) => names.length > 0).length;
  return {
    what: `n = ${rows}, ${damage.name}`,
    value: caught,
    unit: `of ${draws.length}`,
    goal: alarms ? { most: 0.05 * draws.length } : rows === 600 ? { least: 0.8 * draws.length } : {},
    note: `told in ${told}; ${named(draws)}`,
  };
}

export async function benchPower(): Promise<Figure[]> {
  const draws = await keptDraws();
  await mkdir(fileURLToPath(new URL("../out/", import.meta.url)), { recursive: true });
  const wanted = damages.filter(
    ({ name }) => listed("only").length === 0 || listed("only").some((text) => name.includes(text)),
  );
  const figures: Figure[] = [];
  for (const rows of listed("sizes").map(Number))
    for (const damage of wanted) {
      const own: Draw[] = [];
      for (let draw = 1; draw <= Number(asked["draws"]); draw++) {
        const same = (other: Draw): boolean =>
          other.damage === damage.name &&
          other.rows === rows &&
          other.draw === draw &&
          other.measures === used;
        const known = draws.find(same) ?? (await look(damage, rows, draw, measuresFor(damage)));
        own.push(known);
        if (draws.includes(known)) continue;
        draws.push(known);
        await writeFile(fileURLToPath(kept), JSON.stringify(draws));
      }
      const figure = figureOf(damage, rows, own);
      const seconds = own.reduce((sum, draw) => sum + draw.seconds, 0);
      console.log(
        `  ${figure.what}: ${figure.value} ${figure.unit}; ${figure.note ?? ""} (${seconds.toFixed(0)} s)`,
      );
      figures.push(figure);
    }
  return figures;
}
