import type { BarsPicture, StudyFigure, StudyFound, StudyTable } from "../../report/study.ts";
import { methodName } from "../fields.ts";
import { fixed, intervalWords } from "../../words/numbers.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { differenceBySeed, figureBySeed, indexBySeed, type BySeed } from "../reducing/by-seed.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { NOTABLE } from "../reducing/judged.ts";
import { levelBySeed } from "../reducing/possible.ts";
import { listWords } from "../reducing/list-words.ts";
import type { CellDone, StudyCell } from "../study.ts";
import type { LeftOut, Outcome } from "./outcome-columns.ts";
import { PREDICTORS } from "./score-outcomes.ts";

export interface AskedOutcome {
  readonly outcome: Outcome;
  readonly kept: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** left out: nothing can be asked, for `reason` */
  readonly unit?: "AUROC" | "R²";
  readonly reason?: string;
}

export interface Told {
  readonly cells: readonly StudyCell[];
  readonly asked: readonly AskedOutcome[];
  /** independent columns are not among them */
  readonly methods: readonly string[];
}

type Scorable = AskedOutcome & { readonly unit: "AUROC" | "R²" };

/** From here on a target is predicted suspiciously well. */
const SUSPICIOUS = { AUROC: 0.99, "R²": 0.98 } as const;
const CHANCE = { AUROC: 0.5, "R²": 0 } as const;

/** Pure: what the cells done so far say. */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const read = readingOf(told, done);
  const asked = told.asked.filter((one): one is Scorable => one.unit !== undefined);
  const [first = INDEPENDENT, ...others] = told.methods;
  const judged = asked.flatMap((one) => judge(one, read, first) ?? []);
  const units = (["AUROC", "R²"] as const).filter((unit) => asked.some((one) => one.unit === unit));
  return {
    say: {
      bold: headline(judged, first),
      ...(judged.length > 0 && { rest: restOf(judged) }),
    },
    more: [
      ...rankingSentences(judged, first),
      ...suspicion(judged),
      ...others.map((method) =>
        headline(
          asked.flatMap((one) => judge(one, read, method) ?? []),
          method,
        ),
      ),
      ...told.asked.flatMap(({ outcome, reason }) =>
        reason === undefined ? [] : [`${outcome.name} is left out of the comparison: ${reason}`],
      ),
    ],
    pictures: units.map((unit) => picture(unit, asked, told.methods, read)),
    tables: [
      ...units.map((unit) => scoreTable(unit, asked, told.methods, read)),
      ...(judged.length > 0 ? [rankingTable(asked, told.methods, read)] : []),
    ],
    notes: notesOf(told),
  };
}

interface Reading {
  score(method: string, outcome: string, predictor: string): StudyFigure | undefined;
  /** real less synthetic */
  loss(method: string, outcome: string, predictor: string): StudyFigure | undefined;
  /** a predictor less another, learned from the same rows */
  lead(method: string, outcome: string, ahead: string, behind: string): StudyFigure | undefined;
}

function readingOf({ cells, asked }: Told, done: readonly CellDone[]): Reading {
  const units = new Map(asked.map(({ outcome, unit }) => [outcome.name, unit]));
  const index = indexBySeed(cells, done, (factors, { measure, of }) =>
    measure === "score" ? JSON.stringify([factors["method"], of?.["outcome"], of?.["predictor"]]) : undefined,
  );
  const bySeed = (...place: [string, string, string]): BySeed => index(JSON.stringify(place));
  const difference = (a: BySeed, b: BySeed): StudyFigure | undefined => figureBySeed(differenceBySeed(a, b));
  return {
    score: (method, outcome, predictor) =>
      levelBySeed(bySeed(method, outcome, predictor), units.get(outcome) ?? "R²"),
    loss: (method, outcome, predictor) =>
      difference(bySeed(REAL, outcome, predictor), bySeed(method, outcome, predictor)),
    lead: (method, outcome, ahead, behind) =>
      difference(bySeed(method, outcome, ahead), bySeed(method, outcome, behind)),
  };
}

/** What came of one outcome with one method. */
interface Judged {
  readonly outcome: Outcome;
  readonly unit: "AUROC" | "R²";
  /** the predictor that is best learned from real rows */
  readonly best: string;
  readonly real: StudyFigure;
  readonly synthetic: StudyFigure;
  readonly loss: StudyFigure;
  /** whether a model of real rows beats chance beyond noise */
  readonly predictable: boolean;
  /** "unsure": nothing beyond noise, but the interval allows a loss above `NOTABLE` */
  readonly came: "loses" | "holds" | "unsure";
  readonly ranking: Ranking;
}

/** `changed`: "no", "noise" (no pair of predictors changes places beyond noise) or "yes". */
interface Ranking {
  readonly real: readonly string[];
  readonly synthetic: readonly string[];
  readonly changed: "no" | "noise" | "yes";
}

function judge({ outcome, unit }: Scorable, read: Reading, method: string): Judged | undefined {
  const ranking = rankingOf(outcome.name, read, method);
  const best = ranking?.real[0];
  if (ranking === undefined || best === undefined) return undefined;
  const [real, synthetic] = [REAL, method].map((one) => read.score(one, outcome.name, best));
  const loss = read.loss(method, outcome.name, best);
  if (real === undefined || synthetic === undefined || loss === undefined) return undefined;
  const predictable = (real.interval?.low ?? real.value) > CHANCE[unit];
  const unsure = (loss.interval?.high ?? Infinity) > NOTABLE;
  const came = beyondNoise(loss) > 0 ? "loses" : unsure ? "unsure" : "holds";
  return { outcome, unit, best, real, synthetic, loss, predictable, came, ranking };
}

function rankingOf(outcome: string, read: Reading, method: string): Ranking | undefined {
  const order = (from: string): string[] | undefined => {
    const scored = PREDICTORS.map((name) => ({ name, value: read.score(from, outcome, name)?.value }));
    if (scored.some(({ value }) => value === undefined)) return undefined;
    return scored.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)).map(({ name }) => name);
  };
  const [real, synthetic] = [order(REAL), order(method)];
  if (real === undefined || synthetic === undefined) return undefined;
  const turned = real.flatMap((ahead, i) =>
    real
      .slice(i + 1)
      .filter((behind) => synthetic.indexOf(behind) < synthetic.indexOf(ahead))
      .map((behind) => ({ ahead, behind })),
  );
  const clear = turned.some(
    ({ ahead, behind }) =>
      beyondNoise(read.lead(REAL, outcome, ahead, behind)) > 0 &&
      beyondNoise(read.lead(method, outcome, behind, ahead)) > 0,
  );
  return { real, synthetic, changed: turned.length === 0 ? "no" : clear ? "yes" : "noise" };
}

function headline(judged: readonly Judged[], method: string): string {
  const name = methodName(method);
  if (judged.length === 0) return `Nothing has been compared for ${name} yet.`;
  const can = judged.filter(({ predictable }) => predictable);
  const cannot = judged.filter(({ predictable }) => !predictable).map(({ outcome }) => outcome.name);
  const named = (came: Judged["came"]): string[] =>
    can.filter((one) => one.came === came).map(({ outcome }) => outcome.name);
  const [holds, loses, unsure] = [named("holds"), named("loses"), named("unsure")];
  const parts = [
    ...(loses.length > 0 ? [`lose beyond noise for ${listWords(loses)}`] : []),
    ...(holds.length > 0 ? [`lose nothing beyond noise for ${listWords(holds)}`] : []),
    ...(unsure.length > 0
      ? [`may or may not lose for ${listWords(unsure)}, where a loss above ${NOTABLE} is within noise`]
      : []),
  ];
  const told = parts.length > 0 ? `On real patients, models learned from ${name} ${listWords(parts)}.` : "";
  const beside =
    cannot.length > 0 ? `${listWords(cannot)} cannot be predicted beyond chance even from real rows.` : "";
  return [told, beside].filter(Boolean).join(" ");
}

/** Losses of what can be predicted; of all where nothing can. */
function restOf(judged: readonly Judged[]): string {
  const can = judged.filter(({ predictable }) => predictable);
  return (can.length > 0 ? can : judged).map(lossWords).join(" ");
}

/** Outcomes that are predicted so well that a column may tell them. */
const suspicion = (judged: readonly Judged[]): string[] =>
  judged
    .filter(({ unit, real }) => real.value >= SUSPICIOUS[unit])
    .map(
      ({ outcome, unit, real }) =>
        `${outcome.name} is predicted almost perfectly from real rows (${unit} ${fixed(real.value, 3)}): look for columns that tell it and leave them out.`,
    );

/** "income: 0.912 real, 0.900 synthetic with boosted trees, loss 0.012 AUROC (95% interval 0.003 to 0.021)." */
function lossWords({ outcome, unit, best, real, synthetic, loss }: Judged): string {
  const { interval } = loss;
  const range = interval ? ` (95% interval ${intervalWords(interval, (end) => fixed(end, 3))})` : "";
  return `${outcome.name}: ${unit} ${fixed(real.value, 3)} learned from real and ${fixed(synthetic.value, 3)} from synthetic rows, with the ${lower(best)}, the best on real ones; loss ${fixed(loss.value, 3)}${range}.`;
}

function rankingSentences(judged: readonly Judged[], method: string): string[] {
  const told = judged.filter(({ predictable }) => predictable);
  if (told.length === 0) return [];
  const names = (changed: Ranking["changed"]): string[] =>
    told.filter(({ ranking }) => ranking.changed === changed).map(({ outcome }) => outcome.name);
  const [kept, noise, turned] = [names("no"), names("noise"), names("yes")];
  const parts = [
    ...(kept.length > 0 ? [`come in the order of real rows for ${listWords(kept)}`] : []),
    ...(noise.length > 0 ? [`change places within noise for ${listWords(noise)}`] : []),
    ...(turned.length > 0 ? [`change places beyond noise for ${listWords(turned)}`] : []),
  ];
  const short = told.flatMap(({ ranking, outcome }) =>
    ranking.real[0] === ranking.synthetic[0]
      ? []
      : [
          `${lower(ranking.synthetic[0] ?? "")} for ${outcome.name}, where real rows choose ${lower(ranking.real[0] ?? "")}`,
        ],
  );
  return [
    `Learned from ${methodName(method)}, the predictors ${listWords(parts)}.`,
    short.length > 0
      ? `Who chose by synthetic rows would take ${listWords(short)}.`
      : "Who chose a predictor by synthetic rows would choose as by real ones.",
  ];
}

function picture(
  unit: "AUROC" | "R²",
  asked: readonly Scorable[],
  methods: readonly string[],
  read: Reading,
): BarsPicture {
  const sides = sidesOf(methods);
  return {
    type: "bars",
    title:
      unit === "AUROC" ? "Predicting held-out real patients, AUROC" : "Predicting held-out real patients, R²",
    unit,
    better: "higher",
    chance: CHANCE[unit],
    series: sides.map(({ name, kind }) => ({ name, kind })),
    bars: asked
      .filter((one) => one.unit === unit)
      .flatMap(({ outcome }) =>
        PREDICTORS.map((predictor) => ({
          name: outcome.name,
          note: lower(predictor),
          figures: sides.map(({ method }) => read.score(method, outcome.name, predictor)),
        })),
      ),
  };
}

function scoreTable(
  unit: "AUROC" | "R²",
  asked: readonly Scorable[],
  methods: readonly string[],
  read: Reading,
): StudyTable {
  const sides = sidesOf(methods);
  return {
    title: `Every outcome and predictor, ${unit}`,
    note: `learned from each, tested on held-out real rows; mean over seeds, ± half of the 95% interval; a guess reaches ${CHANCE[unit]}`,
    columns: [
      ...sides.map(({ name }) => ({ name, over: "Learned from", unit })),
      ...methods.map((method) => ({ name: methodName(method), over: "Loss against real rows", unit })),
    ],
    rows: asked
      .filter((one) => one.unit === unit)
      .flatMap(({ outcome }) =>
        PREDICTORS.map((predictor) => ({
          name: `${outcome.name}, ${lower(predictor)}`,
          cells: [
            ...sides.map(({ method }) => read.score(method, outcome.name, predictor)),
            ...methods.map((method) => read.loss(method, outcome.name, predictor)),
          ],
        })),
      ),
  };
}

/** Which predictor is best, second and third. */
function rankingTable(asked: readonly Scorable[], methods: readonly string[], read: Reading): StudyTable {
  const words = { no: "", noise: " (changed within noise)", yes: " (changed beyond noise)" };
  return {
    title: "Order of the predictors, the best first",
    columns: [{ name: "Real rows" }, ...methods.map((method) => ({ name: methodName(method) }))],
    rows: asked.map(({ outcome }) => {
      const rankings = methods.map((method) => rankingOf(outcome.name, read, method));
      return {
        name: outcome.name,
        cells: [
          rankings
            .find((one) => one !== undefined)
            ?.real.join(", ")
            .toLowerCase(),
          ...rankings.map((one) => one && `${one.synthetic.join(", ").toLowerCase()}${words[one.changed]}`),
        ],
      };
    }),
  };
}

const sidesOf = (methods: readonly string[]) => [
  { method: REAL, name: "Real rows", kind: "real" as const },
  ...methods.map((method) => ({ method, name: methodName(method), kind: "synthetic" as const })),
  { method: INDEPENDENT, name: methodName(INDEPENDENT), kind: "independent" as const },
];

function notesOf({ asked }: Told): string[] {
  const columns = (why: LeftOut["why"]): string[] => [
    ...new Set(
      asked.flatMap(({ leftOut }) => leftOut.flatMap((one) => (one.why === why ? [one.column] : []))),
    ),
  ];
  const afterwards = columns("afterwards");
  const tells = asked.flatMap(({ outcome, leftOut }) => {
    const own = leftOut.flatMap(({ column, why, by }) =>
      why === "tells" ? [`${column} (${by ?? ""})`] : [],
    );
    return own.length > 0
      ? [`Left out for ${outcome.name}, since each tells it by itself: ${listWords(own, 8)}.`]
      : [];
  });
  return [
    "Boosted trees, logistic or ridge regression and a network of one hidden layer of 32 units, each with one setting for all rows; none was tuned. R² is −1 at least.",
    "The loss that is told is that of the predictor that is best learned from real rows, chosen on the same held-out rows, which favours real rows a little.",
    ...(asked.length > 1 ? ["No outcome predicts another."] : []),
    ...(afterwards.length > 0
      ? [
          `Left out as predictors, since by their names they are known only afterwards: ${listWords(afterwards, 24)}.`,
        ]
      : []),
    ...tells,
    "Whether a column is known only after the outcome is judged by its name and by what it tells alone: look at the rest yourself.",
  ];
}

const lower = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
