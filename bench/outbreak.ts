/**
 * Whether synthetic tables keep an outbreak: event tables of four years (seasonal, weekdays, overdispersed, about 5,000
 * events), each once clean and once with two weeks of three times as many events, trained on whole and sampled to the same
 * size. Alarms are of core/surveillance, in real and in synthetic rows alike.
 * Options: --synthesizer ID (autoregressive), --seeds N (20), --from SEED (1), --events N (5000), --steps N.
 */
import { parseArgs } from "node:util";
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { findSynthesizer, openDevice, resolveParams } from "../src/core/lab/lab.ts";
import { createRng, type Rng } from "../src/core/math/rng.ts";
import type { Model } from "../src/core/synthesizers/synthesizer.ts";
import { dayOf } from "../src/core/surveillance/calendar.ts";
import { expectedSeries } from "../src/core/surveillance/expected.ts";
import { simulatedDays } from "../src/core/surveillance/fixtures/simulated-events.ts";
import { incidenceOf, type Every, type Incidence } from "../src/core/surveillance/incidence.ts";
import { watch, type Watch } from "../src/core/surveillance/outbreaks.ts";
import { levels, madeTable, numbers } from "../src/core/table/fixtures/made-table.ts";
import type { Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    synthesizer: { type: "string", default: "autoregressive" },
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    events: { type: "string", default: "5000" },
    steps: { type: "string" },
  },
});

const DAY = 86_400_000;
const FIRST = dayOf(Date.parse("2021-01-04"));
const DAYS = 4 * 364;
/** The outbreak's first week: somewhere in the last year. */
const weekOf = (seed: number): number => 150 + ((seed * 7) % 40);

/** Events with a date, an age, a sex, a ward and a diagnosis, which an outbreak's are mostly of. */
function events(seed: number, outbreak: boolean): Table {
  const rng = createRng(seed);
  const from = FIRST + 7 * weekOf(seed);
  const days = simulatedDays(
    {
      first: FIRST,
      days: DAYS,
      events: Number(asked.events),
      dispersion: 1.2,
      ...(outbreak && { outbreak: { from, days: 14, factor: 3 } }),
    },
    rng,
  );
  const order = rng.permutation(days.length);
  const shuffled = Array.from(order, (i) => days[i] as number);
  const codes = shuffled.map((day) => {
    const raised = outbreak && day >= from && day < from + 14 && rng.uniform() < 2 / 3;
    return raised ? 0 : rng.weighted([3, 3, 2, 2]);
  });
  const ages = codes.map((code) => Math.round(Math.max(0, Math.min(100, 55 - 8 * code + 18 * rng.normal()))));
  return madeTable([
    numbers(
      "onset",
      shuffled.map((day) => day * DAY),
      { pattern: "YYYY-MM-DD" },
    ),
    numbers("age", ages, { decimals: 0 }),
    levels(
      "sex",
      codes.map(() => rng.weighted([1, 1])),
      ["F", "M"],
    ),
    levels(
      "ward",
      codes.map((code) => (rng.uniform() < 0.6 ? code % 3 : rng.integer(3))),
      ["A", "B", "C"],
    ),
    levels("diagnosis", codes, ["influenza", "gastroenteritis", "fracture", "other"]),
  ]);
}

async function synthetic(train: Table, seed: number): Promise<Table> {
  const method = findSynthesizer(String(asked.synthesizer));
  const params = resolveParams(method, asked.steps === undefined ? {} : { steps: Number(asked.steps) });
  const run = method.fit(train, params, createRng(seed), { previewRows: 0, previewEvery: 0 });
  let model: Model | undefined;
  while (model === undefined) {
    const next = await run.next();
    if (next.done) model = next.value;
  }
  const made = await model.sample(train.rows, createRng(seed).fork("sample"));
  model.dispose();
  return made;
}

const span = { first: FIRST, last: FIRST + DAYS - 1 };
const seriesOf = (table: Table, every: Every): Incidence =>
  incidenceOf(table, { column: "onset", every, span });

interface Seen {
  readonly found: boolean;
  readonly alarms: number;
  readonly dispersion: number;
  readonly weekend: number;
  readonly season: number;
}

async function look(table: Table, week: number): Promise<Seen & { weeks: Incidence }> {
  const weeks = seriesOf(table, "week");
  const { watched, outbreaks } = (await watch(weeks)) as Watch;
  const weekly = expectedSeries(weeks);
  const daily = expectedSeries(seriesOf(table, "day"));
  return {
    weeks,
    found: outbreaks.some(({ from, to }) => from <= week + 2 && to >= week - 1),
    alarms: watched.filter(({ alarm }) => alarm).length,
    dispersion: weekly?.dispersion ?? NaN,
    weekend: (daily?.weekday?.[6] ?? NaN) / (daily?.weekday?.[0] ?? NaN),
    season: (weekly?.season?.[0] ?? NaN) / (weekly?.season?.[6] ?? NaN),
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const apart = (a: Incidence, b: Incidence): number =>
  a.counts.reduce((sum, n, i) => sum + Math.abs(n / a.events - (b.counts[i] as number) / b.events), 0) / 2;

export async function benchOutbreak(): Promise<Figure[]> {
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const [seeds, from] = [Number(asked.seeds), Number(asked.from)];
  const rows: {
    real: Seen;
    made: Seen;
    cleanReal: Seen;
    cleanMade: Seen;
    cleanRedrawn: Seen;
    apart: number;
    chance: number;
    seconds: number;
  }[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    const week = weekOf(seed);
    const [raised, clean] = [events(seed, true), events(1000 + seed, false)];
    const started = performance.now();
    const [real, made] = [await look(raised, week), await look(await synthetic(raised, seed), week)];
    const seconds = (performance.now() - started) / 1000;
    const [cleanReal, cleanMade] = [await look(clean, week), await look(await synthetic(clean, seed), week)];
    const redrawn = await look(redraw(raised, createRng(seed)), week);
    const cleanRedrawn = await look(redraw(clean, createRng(seed)), week);
    rows.push({
      real,
      made,
      cleanReal,
      cleanMade,
      cleanRedrawn,
      apart: apart(real.weeks, made.weeks),
      chance: apart(real.weeks, redrawn.weeks),
      seconds,
    });
    console.error(
      `seed ${seed}: found real ${real.found} synthetic ${made.found}; alarms ${real.alarms} ${made.alarms}; clean ${cleanReal.alarms} ${cleanMade.alarms}; dispersion ${real.dispersion.toFixed(2)} ${made.dispersion.toFixed(2)}; weekend ${real.weekend.toFixed(2)} ${made.weekend.toFixed(2)}; season ${real.season.toFixed(2)} ${made.season.toFixed(2)}; weeks apart ${apart(real.weeks, made.weeks).toFixed(3)} (redrawn ${apart(real.weeks, redrawn.weeks).toFixed(3)}); ${seconds.toFixed(0)} s`,
    );
  }
  const of = (
    what: string,
    value: (row: (typeof rows)[number]) => number,
    goal?: Figure["goal"],
  ): Figure => ({
    what: `${String(asked.synthesizer)}: ${what}`,
    value: mean(rows.map(value)),
    unit: "",
    ...(goal && { goal }),
  });
  return [
    of("outbreaks found in real rows", ({ real }) => Number(real.found)),
    of("outbreaks found in synthetic rows", ({ made }) => Number(made.found), { least: 0.95 }),
    of("alarms in a clean real series", ({ cleanReal }) => cleanReal.alarms),
    of("alarms in its synthetic series", ({ cleanMade }) => cleanMade.alarms),
    of("alarms in its rows drawn again", ({ cleanRedrawn }) => cleanRedrawn.alarms),
    of("dispersion of weeks, real", ({ cleanReal }) => cleanReal.dispersion),
    of("dispersion of weeks, synthetic", ({ cleanMade }) => cleanMade.dispersion),
    of("dispersion of weeks, rows drawn again", ({ cleanRedrawn }) => cleanRedrawn.dispersion),
    of("Sundays per Monday, real", ({ cleanReal }) => cleanReal.weekend),
    of("Sundays per Monday, synthetic", ({ cleanMade }) => cleanMade.weekend),
    of("January per July, real", ({ cleanReal }) => cleanReal.season),
    of("January per July, synthetic", ({ cleanMade }) => cleanMade.season),
    of("weekly shares apart", (row) => row.apart),
    of("weekly shares apart, rows drawn again", (row) => row.chance),
    of("seconds", (row) => row.seconds),
  ];
}

/** Dates of the same table drawn again with replacement: what chance alone puts between two tables. */
function redraw(table: Table, rng: Rng): Table {
  const [dates] = table.columns;
  if (dates?.type !== "numeric") return table;
  const values = dates.values.map(() => dates.values[rng.integer(table.rows)] as number);
  return { ...table, columns: [{ type: "numeric", values }, ...table.columns.slice(1)] };
}
