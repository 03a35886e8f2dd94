import type { PointsPicture, StudyFigure, StudyFound, StudyTable, StudyUnit } from "../../report/study.ts";
import { fixed, intervalWords } from "../../words/numbers.ts";
import { listed } from "../../words/plane-words.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { bySeed, differenceBySeed, figureBySeed, type BySeed } from "../reducing/by-seed.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { levelBySeed } from "../reducing/possible.ts";
import { rowsOf } from "../reducing/rows-of.ts";
import type { CellDone, StudyCell } from "../study.ts";

/** A method, with its epsilon where it has a guarantee. */
export interface PlacedMethod {
  readonly key: string;
  readonly method: string;
  readonly name: string;
  readonly epsilon?: number;
  /** what its epsilon limits any attack on membership to */
  readonly limit?: number;
}

/** What the reduction knows of the grid. */
export interface Told {
  readonly cells: readonly StudyCell[];
  /** without real rows and independent columns, unless chosen */
  readonly methods: readonly PlacedMethod[];
  readonly seeds: number;
  readonly use: { readonly unit: "AUROC" | "R²" | "likeness"; readonly target?: string };
}

interface Placed extends PlacedMethod {
  readonly risks: BySeed;
  readonly uses: BySeed;
  readonly risk: StudyFigure | undefined;
  readonly use: StudyFigure | undefined;
}

/** Pure: what the cells done so far say. */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const { cells, methods } = told;
  const placed = (one: PlacedMethod): Placed => {
    const uses = bySeed(cells, done, "use", { point: one.key });
    const risks =
      one.method === REAL
        ? new Map([...uses.keys()].map((seed) => [seed, { value: 1 }]))
        : bySeed(cells, done, "risk", { point: one.key });
    const risk = one.method === REAL && uses.size > 0 ? { value: 1 } : levelBySeed(risks, "share");
    return {
      ...one,
      risks,
      uses,
      risk,
      use: levelBySeed(uses, told.use.unit === "likeness" ? "share" : told.use.unit),
    };
  };
  const points = methods.map(placed);
  const real = placed({ key: REAL, method: REAL, name: "Real rows" });
  const nothing = placed({ key: INDEPENDENT, method: INDEPENDENT, name: "Independent columns" });
  const beside = [...(methods.some(({ key }) => key === INDEPENDENT) ? [] : [nothing]), real];
  return {
    say: sayOf(points),
    more: [
      ...apartOf(points),
      ...riskWords(points, nothing),
      ...lossWords(points, real, told),
      ...limitWords(points),
    ],
    pictures: [pictureOf([...points, ...beside], told)],
    tables: [tableOf([...points, ...beside], told, done)],
    notes: notesOf(told),
  };
}

/** Of two methods, who has less risk and who more use beyond noise: 1 the first, -1 the second, 0 neither. */
function compare(a: Placed, b: Placed): { readonly risk: number; readonly use: number } {
  return {
    risk: beyondNoise(figureBySeed(differenceBySeed(b.risks, a.risks))),
    use: beyondNoise(figureBySeed(differenceBySeed(a.uses, b.uses))),
  };
}

const beats = (a: Placed, b: Placed): boolean => {
  const { risk, use } = compare(a, b);
  return risk > 0 && use > 0;
};

/** Whether noise is known: at least two seeds on both axes. */
const isKnown = ({ risk, use }: Placed): boolean =>
  risk?.interval !== undefined && use?.interval !== undefined;

function sayOf(points: readonly Placed[]): StudyFound["say"] {
  const known = points.filter(isKnown);
  const rest = known.map(placeWords).join(" ");
  if (known.length === 0)
    return { bold: "Nothing can be said yet: at least two seeds of a method are needed to know its noise." };
  const [only] = known;
  if (known.length === 1 && only !== undefined)
    return {
      bold: `${only.name} stands alone: no other method has been measured often enough to compare.`,
      rest,
    };
  const beaten = known.flatMap((one) => {
    const by = known.filter((other) => other !== one && beats(other, one));
    return by.length > 0 ? [{ one, by }] : [];
  });
  if (beaten.length === 0)
    return { bold: "No method has both less risk and more use than another beyond noise.", rest };
  const unbeaten = known.filter((one) => !beaten.some((lost) => lost.one === one));
  const lost = beaten.map(
    ({ one, by }) => `${one.name} has more risk and less use than ${quoted(by)}, beyond noise.`,
  );
  return {
    bold: `No other method beats ${either(unbeaten)} on both risk and use. ${lost.join(" ")}`,
    rest,
  };
}

const either = (points: readonly Placed[]): string => {
  const names = points.map(({ name }) => name);
  if (names.some((name) => name.includes(","))) return names.join("; ");
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
};

/** Names that hold commas are divided by semicolons. */
const quoted = (points: readonly Placed[]): string => {
  const names = points.map(({ name }) => name);
  return names.some((name) => name.includes(",")) ? names.join("; ") : listed(names);
};

const three = (value: number): string => fixed(value, 3);
const figureWords = ({ value, interval }: StudyFigure): string =>
  interval === undefined ? three(value) : `${three(value)} (95% interval ${intervalWords(interval, three)})`;

const placeWords = ({ name, risk, use }: Placed): string =>
  risk === undefined || use === undefined
    ? ""
    : `${name}: risk ${figureWords(withinShares(risk))}, use ${figureWords(use)}.`;

/** More pairs than this are counted, not listed. */
const LISTED = 4;

/** Which methods cannot be told apart on either axis. */
function apartOf(points: readonly Placed[]): string[] {
  const known = points.filter(isKnown);
  const pairs = known.flatMap((a, i) => known.slice(i + 1).map((b) => ({ a, b, ...compare(a, b) })));
  const alike = pairs.filter(({ risk, use }) => risk === 0 && use === 0);
  const apart = pairs.filter((pair) => !alike.includes(pair));
  if (pairs.length === 0) return [];
  if (alike.length === 0) return ["Every two methods differ beyond noise in risk, in use or in both."];
  const words = (of: typeof pairs): string => of.map(({ a, b }) => `${a.name} and ${b.name}`).join("; ");
  const shown =
    alike.length <= LISTED
      ? `Cannot be told apart in risk or in use: ${words(alike)}.`
      : apart.length === 0
        ? `Not one of the ${pairs.length} pairs of methods can be told apart, in risk or in use.`
        : apart.length <= LISTED
          ? `Of ${pairs.length} pairs of methods only these can be told apart, in risk or in use: ${words(apart)}.`
          : `${alike.length} of ${pairs.length} pairs of methods cannot be told apart, in risk or in use.`;
  return [`${shown} That does not make them equal: more seeds or patients may tell.`];
}

/** "A (up to 0.061) and B (up to 0.012)": methods with the furthest that a difference may lie above 0 (95%). */
const withMost = (
  points: readonly { readonly name: string; readonly off: StudyFigure | undefined }[],
): string =>
  points
    .map(({ name, off }) => `${name} (up to ${three(Math.max(0, off?.interval?.high ?? off?.value ?? 0))})`)
    .join("; ");

function riskWords(points: readonly Placed[], nothing: Placed): string[] {
  if (nothing.risk === undefined) return [];
  const others = points
    .filter((one) => isKnown(one) && one.key !== INDEPENDENT)
    .map((one) => ({ ...one, off: figureBySeed(differenceBySeed(one.risks, nothing.risks)) }));
  const more = others.filter(({ off }) => beyondNoise(off) > 0);
  const less = others.filter((one) => !more.includes(one));
  const said = [
    `On independent columns, which keep no patient's values together, the largest of the attacks seems to gain ${figureWords(withinShares(nothing.risk))}: about as much is chance.`,
  ];
  if (more.length > 0) said.push(`More than that, beyond noise, is gained from ${quoted(more)}.`);
  if (less.length > 0)
    said.push(
      `No more than that is seen to be gained from these; how much more may hide in the noise stands behind each: ${withMost(less)}. Other attacks may gain more.`,
    );
  return said;
}

function lossWords(points: readonly Placed[], real: Placed, { use }: Told): string[] {
  if (real.use === undefined) return [];
  const known = points
    .filter(isKnown)
    .map((one) => ({ ...one, off: figureBySeed(differenceBySeed(real.uses, one.uses)) }));
  const less = known.filter(({ off }) => beyondNoise(off) > 0);
  const same = known.filter((one) => !less.includes(one));
  const what = use.target === undefined ? "likeness" : `use for predicting ${use.target}`;
  return [
    ...(less.length > 0
      ? [
          `Less ${what} than real rows, beyond noise: ${quoted(less)}. Real rows have ${figureWords(real.use)}.`,
        ]
      : []),
    ...(same.length > 0
      ? [
          `No loss of ${what} against real rows is seen with these; how much may hide in the noise stands behind each: ${withMost(same)}.`,
        ]
      : []),
  ];
}

/** A limit that says next to nothing. */
const NO_LIMIT = 0.95;

function limitWords(points: readonly Placed[]): string[] {
  const by = new Map(
    points.flatMap(({ epsilon, limit }) =>
      epsilon === undefined || limit === undefined ? [] : [[epsilon, limit] as const],
    ),
  );
  if (by.size === 0) return [];
  const words = [...by].map(([epsilon, limit]) =>
    limit > NO_LIMIT
      ? `almost everything at ε ${epsilon}, which limits next to nothing`
      : `${three(limit)} at ε ${epsilon}`,
  );
  return [
    `With a guarantee the most that any attack on whether a patient was in the data can gain, known or not, is ${listed(words)}; without one nothing limits it.`,
  ];
}

function pictureOf(points: readonly Placed[], { use }: Told): PointsPicture {
  return {
    type: "points",
    title: "Risk and use",
    across: { name: "Largest advantage of an attack", unit: "number", root: true },
    up: { name: axisName(use), unit: unitOf(use) },
    points: points.flatMap(({ name, method, risk, use: own }) =>
      risk === undefined || own === undefined
        ? []
        : [
            {
              name,
              kind:
                method === REAL
                  ? ("real" as const)
                  : method === INDEPENDENT
                    ? ("independent" as const)
                    : ("synthetic" as const),
              across: withinShares(risk),
              up: own,
            },
          ],
    ),
  };
}

const unitOf = ({ unit }: Told["use"]): StudyUnit => (unit === "likeness" ? "number" : unit);
const axisName = ({ unit, target }: Told["use"]): string =>
  unit === "likeness" || target === undefined
    ? "Likeness to held-out patients (2 − 2 AUC)"
    : `Predicting ${target}, ${unit}`;

const withinShares = ({ value, interval }: StudyFigure): StudyFigure => ({
  value,
  ...(interval && { interval: { low: Math.max(0, interval.low), high: Math.min(1, interval.high) } }),
});

function tableOf(
  points: readonly Placed[],
  { cells, seeds, use }: Told,
  done: readonly CellDone[],
): StudyTable {
  return {
    title: "Every method",
    note: `mean over ${seeds} ${seeds === 1 ? "seed" : "seeds"}, ± half of the 95% interval`,
    columns: [
      { name: "risk", unit: "number" },
      { name: axisName(use), unit: unitOf(use) },
      { name: "largest attack" },
      { name: "limit by ε", unit: "number" },
    ],
    rows: points.map(({ key, name, method, risk, use: own, limit }) => ({
      name,
      kind: method === REAL ? "real" : method === INDEPENDENT ? "independent" : "synthetic",
      cells: [
        risk && withinShares(risk),
        own,
        method === REAL ? "none is needed" : largestOf(cells, done, key),
        limit === undefined ? undefined : { value: limit },
      ],
    })),
  };
}

/** The attack that was the largest in most seeds. */
function largestOf(
  cells: readonly StudyCell[],
  done: readonly CellDone[],
  point: string,
): string | undefined {
  const seeds = new Set(cells.map(({ factors }) => Number(factors["seed"])));
  const times = new Map<string, number>();
  for (const seed of seeds) {
    const [most] = rowsOf(cells, done, "advantage", { point, seed }).toSorted((a, b) => b.value - a.value);
    const name = most?.of?.["attack"];
    if (most !== undefined && most.value > 0 && typeof name === "string")
      times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function notesOf({ methods, seeds }: Told): string[] {
  return [
    "Risk is the largest advantage of the attacks tried: success on patients learned from less success on others. The largest of several is above 0 by chance alone. Real rows give every patient away: 1 by definition.",
    "Intervals of risk hold what differs between seeds; the patients learned from and held out are the same throughout.",
    ...(methods.some(({ limit }) => limit !== undefined)
      ? [
          "The noise of a guarantee is fresh every time: run again, its figures differ within their intervals.",
        ]
      : []),
    ...(methods.length > 2
      ? [
          "Every two methods are compared at 95%: of many pairs one or another may differ beyond noise by chance.",
        ]
      : []),
    ...(seeds === 1 ? ["One seed shows no noise, so nothing is compared."] : []),
  ];
}
