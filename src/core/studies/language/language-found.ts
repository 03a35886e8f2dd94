import type { RangesPicture, StudyFigure, StudyFound, StudyTable, StudyUnit } from "../../report/study.ts";
import { fixed } from "../../words/numbers.ts";
import { methodName } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { bySeed, differenceBySeed, figureBySeed, type BySeed } from "../reducing/by-seed.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { NOTABLE } from "../reducing/judged.ts";
import { levelBySeed } from "../reducing/possible.ts";
import type { CellDone, StudyCell } from "../study.ts";

/** What the cells of a prompted table are called, by its place. */
export const madeKey = (at: number): string => `made ${at + 1}`;
/** The score of a model of the target that learned from every row there is, not only from as many as were matched. */
export const ALL_ROWS = "tstr of all rows";
/** Rows below which a table of replies tells little. */
const FEW = 100;

export interface LanguageTold {
  readonly cells: readonly StudyCell[];
  /** synthesizers that learned from the patients, without independent columns */
  readonly methods: readonly string[];
  /** in the order of `madeKey` */
  readonly made: readonly {
    readonly name: string;
    readonly note?: string | undefined;
    /** rows that were measured */
    readonly rows: number;
  }[];
  /** rows measured of each method */
  readonly rows: number;
  readonly learned: number;
  readonly tested: number;
  /** the most varied column */
  readonly varied: string;
  readonly target: { readonly name: string; readonly number: boolean } | undefined;
  /** columns that a prompted table lacks */
  readonly left: readonly string[];
  /** prompted tables with too few rows to be measured */
  readonly tooFew: readonly string[];
}

interface Line {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly kind: "synthetic" | "independent";
}

/** Pure: what the cells done so far say. */
export function foundOf(told: LanguageTold, done: readonly CellDone[]): StudyFound {
  const rows: RowsOf = (measure, key) => bySeed(told.cells, done, measure, { method: key });
  const at = (measure: string, key: string): StudyFigure | undefined =>
    levelBySeed(rows(measure, key), rangedAs(told, measure));
  const methods = told.methods.map((key) => ({ key, name: methodName(key) }));
  const made = told.made.map(({ name }, i) => ({ key: madeKey(i), name }));
  const lines: readonly Line[] = [
    ...methods.map((one) => ({
      ...one,
      kind: "synthetic" as const,
      note: `${count(told.learned)} rows learned from`,
    })),
    ...made.map((one, i) => ({
      ...one,
      kind: "synthetic" as const,
      note: told.made[i]?.note ?? `${count(told.made[i]?.rows ?? 0)} rows`,
    })),
    { key: INDEPENDENT, name: "Independent columns", kind: "independent", note: "each column by itself" },
  ];
  const columns = columnsOf(told);
  const picture: RangesPicture = {
    type: "ranges",
    title: "Beside the other methods",
    columns: columns.map(({ measure, ...column }) => {
      const real = at(measure, REAL);
      return { ...column, ...(real && { real }) };
    }),
    lines: lines.map(({ key, ...line }) => ({
      ...line,
      figures: columns.map(({ measure }) => at(measure, key)),
    })),
  };
  const measured = [
    ...columns,
    { measure: "pairs", name: "Pairs of columns, error", unit: "number" as const },
    ...(told.target
      ? [
          {
            measure: ALL_ROWS,
            name: `Predicting ${told.target.name}, all rows`,
            unit: told.target.number ? ("R²" as const) : ("AUROC" as const),
          },
        ]
      : []),
  ];
  const table: StudyTable = {
    title: "All measures",
    note: "mean over seeds with a 95% interval",
    columns: measured.map(({ name, unit }) => ({ name, unit })),
    rows: [
      ...lines.map(({ key, name, kind }) => ({ name, kind, key })),
      { name: "Real rows", kind: "real" as const, key: REAL },
    ].map(({ key, name, kind }) => ({
      name,
      kind,
      cells: measured.map(({ measure }) => at(measure, key)),
    })),
  };
  return {
    say: sayOf(told, methods, made, rows),
    more: [...distinctWords(told, made, at), ...allRowsWords(told, methods, at)],
    pictures: [picture],
    tables: [table],
    notes: notesOf(told, methods, at),
  };
}

/** The unit whose range a measure has. */
function rangedAs({ target }: LanguageTold, measure: string): StudyUnit {
  if (measure === "c2st") return "AUC";
  if (measure === "tstr" || measure === ALL_ROWS) return target?.number === false ? "AUROC" : "R²";
  return measure === "seconds" || measure === "distinct" ? "count" : "nats";
}

interface Measured {
  readonly measure: string;
  readonly name: string;
  readonly unit: RangesPicture["columns"][number]["unit"];
  readonly better: "lower" | "higher";
  readonly drawn?: boolean;
}

function columnsOf({ target, varied }: LanguageTold): Measured[] {
  return [
    { measure: "c2st", name: "Told from real, AUC", unit: "AUC", better: "lower" },
    ...(target
      ? [
          {
            measure: "tstr",
            name: `Predicting ${target.name}`,
            unit: target.number ? ("R²" as const) : ("AUROC" as const),
            better: "higher" as const,
          },
        ]
      : []),
    { measure: "kl", name: "KL a column", unit: "nats", better: "lower", drawn: false },
    {
      measure: "distinct",
      name: `Distinct values of ${varied}`,
      unit: "count",
      better: "higher",
      drawn: false,
    },
  ];
}

interface Named {
  readonly key: string;
  readonly name: string;
}
type RowsOf = (measure: string, key: string) => BySeed;

/** The prompted table that is nearest to real rows against the method that is. */
function sayOf(
  told: LanguageTold,
  methods: readonly Named[],
  made: readonly Named[],
  rows: RowsOf,
): StudyFound["say"] {
  const nearest = (some: readonly Named[]): (Named & { value: number }) | undefined =>
    some
      .flatMap((one) => {
        const figure = figureBySeed(rows("c2st", one.key));
        return figure ? [{ ...one, value: figure.value }] : [];
      })
      .toSorted((a, b) => a.value - b.value)[0];
  const [prompted, model] = [nearest(made), nearest(methods)];
  if (prompted === undefined || model === undefined)
    return { bold: "Nothing can be said before both prompted rows and a model are measured." };
  const difference = figureBySeed(differenceBySeed(rows("c2st", prompted.key), rows("c2st", model.key)));
  const beyond = beyondNoise(difference);
  const rest = restOf(told, made, model, rows);
  if (difference?.interval === undefined)
    return {
      bold: `With one seed it cannot be told whether ${prompted.name} or ${model.name} is nearer to real patients.`,
      rest,
    };
  if (beyond > 0) return { bold: behind(told, made, model, rows), rest };
  if (beyond < 0) return { bold: `${prompted.name} comes nearer to real patients than ${model.name}.`, rest };
  return { bold: `No difference beyond noise between ${prompted.name} and ${model.name}.`, rest };
}

/** Prompted rows are told from real ones more easily; whether they also predict worse is said, not implied. */
function behind({ target }: LanguageTold, made: readonly Named[], model: Named, rows: RowsOf): string {
  const who = made.length > 1 ? "No prompt comes" : `${made[0]?.name ?? ""} does not come`;
  const best = made
    .map(({ key }) => ({ key, value: figureBySeed(rows("tstr", key))?.value ?? -Infinity }))
    .toSorted((a, b) => b.value - a.value)[0];
  const lost = best && figureBySeed(differenceBySeed(rows("tstr", model.key), rows("tstr", best.key)));
  if (target === undefined || lost === undefined) return `${who} near the models trained here.`;
  const beyond = beyondNoise(lost);
  if (beyond > 0) return `${who} near the models trained here.`;
  const { low, high } = lost.interval ?? { low: -Infinity, high: Infinity };
  const said =
    beyond < 0
      ? "prompted rows do better"
      : high - low <= 2 * NOTABLE
        ? "there is no difference beyond noise"
        : `nothing can be told: the difference lies between ${three(low)} and ${three(high)}`;
  return `${who} near the models trained here in likeness; in predicting ${target.name} ${said}.`;
}

function restOf(
  { target, tested }: LanguageTold,
  made: readonly Named[],
  model: Named & { value: number },
  rows: RowsOf,
): string {
  const values = (measure: string): number[] =>
    made.flatMap(({ key }) => figureBySeed(rows(measure, key))?.value ?? []);
  const apart = `A test tells prompted rows from real ones with an AUC of ${spread(values("c2st"))} (0.500 is a coin), rows of ${model.name} with ${three(model.value)}.`;
  const real = figureBySeed(rows("tstr", REAL))?.value;
  const learned = values("tstr");
  if (target === undefined || real === undefined || learned.length === 0) return apart;
  const unit = target.number ? "R²" : "AUROC";
  const own = figureBySeed(rows("tstr", model.key))?.value;
  return `${apart} A model of ${target.name} learned from them reaches an ${unit} of ${spread(learned)} on ${count(tested)} held-out rows, where as many real rows reach ${three(real)}${own === undefined ? "" : ` and those of ${model.name} ${three(own)}`}.`;
}

function distinctWords(
  { varied, rows }: LanguageTold,
  made: readonly Named[],
  at: (measure: string, key: string) => StudyFigure | undefined,
): string[] {
  const found = made.flatMap(({ key }) => at("distinct", key)?.value ?? []);
  const real = at("distinct", REAL)?.value;
  if (found.length === 0 || real === undefined) return [];
  const [low, high] = [Math.round(Math.min(...found)), Math.round(Math.max(...found))];
  const many = low === high ? count(low) : `${count(low)} to ${count(high)}`;
  const apart =
    high < 0.8 * real
      ? "Prompted rows repeat themselves: "
      : low > 1.25 * real
        ? "Prompted rows vary more than real ones: "
        : "";
  const has = `${many} different values of ${varied} in up to ${count(rows)} prompted rows, where ${count(rows)} real rows have ${count(Math.round(real))}.`;
  return [`${apart}${has}`];
}

/** What the models gain where they are not held to the number of rows that the replies have. */
function allRowsWords(
  { target, rows, learned }: LanguageTold,
  methods: readonly Named[],
  at: (measure: string, key: string) => StudyFigure | undefined,
): string[] {
  const found = methods.flatMap(({ key, name }) => {
    const [all, some] = [at(ALL_ROWS, key), at("tstr", key)];
    return all && some ? [`${name} ${three(all.value)} in place of ${three(some.value)}`] : [];
  });
  if (target === undefined || found.length === 0) return [];
  return [
    `A trained model gives as many rows as are asked for: with ${count(learned)} in place of ${count(rows)}, predicting ${target.name} comes to ${found.join(", ")}.`,
  ];
}

function notesOf(
  told: LanguageTold,
  methods: readonly Named[],
  at: (measure: string, key: string) => StudyFigure | undefined,
): string[] {
  const { made, rows, learned, left, tooFew } = told;
  const seconds = methods.flatMap(({ key, name }) => {
    const figure = at("seconds", key);
    return figure
      ? [`${name} ${figure.value < 10 ? figure.value.toFixed(1) : Math.round(figure.value)} s`]
      : [];
  });
  return [
    `Every method is measured on ${count(rows)} rows, as many as the replies have; the models learned from ${count(learned)} rows, the language model from none unless it knew the table.`,
    ...made.flatMap(({ name, note }) => (note ? [`${name}: ${note}.`] : [])),
    ...made.flatMap(({ name, rows: own }) =>
      own < FEW ? [`${name} has ${count(own)} rows: too few for more than large differences.`] : [],
    ),
    ...(tooFew.length > 0 ? [`Left out, with fewer than 20 rows: ${tooFew.join(", ")}.`] : []),
    ...(left.length > 0 ? [`Not compared, because replies lack them: ${list(left)}.`] : []),
    ...(seconds.length > 0
      ? [`Fitting took on average: ${seconds.join(", ")}. What a language model costs is not known here.`]
      : []),
    "KL is the mean over columns of KL(real || rows) in 20 quantile bins, 1e-6 added to each share.",
  ];
}

const three = (value: number): string => fixed(value, 3);
const count = (value: number): string => value.toLocaleString("en");
const list = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
function spread(values: readonly number[]): string {
  const [low, high] = [three(Math.min(...values)), three(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}
