/** What the plane of risk and use says in sentences; every figure in them is computed. */
import type {
  CoarsenedBy,
  Plane,
  PlaneFigure,
  PlanePoint,
  PlaneUse,
  Sweep,
  SweepStep,
} from "../report/plane.ts";
import { count, fixed, intervalWords } from "./numbers.ts";

const two = (value: number): string => fixed(value, 2);
const range = ({ interval }: PlaneFigure): string => intervalWords(interval, two);

/** A part of a sentence, set in bold where it is `strong`. */
export interface Said {
  readonly text: string;
  readonly strong?: true;
}

/** "AUROC", "R²", "likeness" */
export const unitWords = ({ unit }: PlaneUse): string => (unit === "likeness" ? "likeness" : unit);

/** What stands above the axis of use. */
export function axisOfUse(use: PlaneUse): string {
  if (use.unit === "likeness")
    return "Use: likeness to held-out real patients, 1 where a classifier cannot tell the rows apart (2 − 2 AUC)";
  return `Use: predicting ${use.target ?? "the target"}, ${use.unit} on held-out real patients`;
}

const modelOf = (use: PlaneUse): string =>
  use.unit === "likeness" ? "likeness to real rows" : `a model of ${use.target ?? "the target"}`;

/** "ε 1", "ε 0.3" */
export const epsilonWords = (epsilon: number): string => `ε ${String(Number(epsilon.toPrecision(3)))}`;

/** `unsure`: the interval holds the use of the real rows. */
function lostWords(lost: number, unsure: boolean, use: PlaneUse): string {
  if (lost < 0.005) return `nothing that can be measured in ${unitWords(use)}`;
  const figure = `${two(lost)} ${unitWords(use)}`;
  return unsure ? `${figure}, which so few held-out patients cannot tell from nothing` : figure;
}

/** What the shown run loses against real rows: the difference, and about how far it may be off. */
function lossWords(use: PlaneUse, own: PlaneFigure, real: PlaneFigure): string {
  const lost = real.value - own.value;
  const sure = `(${two(own.value)}, 95% interval ${range(own)}; real rows ${two(real.value)})`;
  const what = use.unit === "likeness" ? "loses" : `${modelOf(use)} loses`;
  return `${what} ${lostWords(lost, own.interval.high >= real.value, use)} ${sure}`;
}

/** What the plane says of the shown run: two or three sentences. */
export function planeSentences({ use, points, run, byChance }: Plane): readonly Said[][] {
  const shown = points.find(({ id }) => id === run);
  const real = points.find(({ kind }) => kind === "real");
  if (shown === undefined) return [];
  const said: Said[][] = [[{ text: "Up is more use, left is less risk. " }, ...ownWords(shown, real, use)]];
  const plain = bestPlain(points, shown);
  if (shown.guarantee !== undefined && plain !== undefined)
    said.push([
      { text: `Without a guarantee ${runWords(plain, real, use)} What others may try is not known.` },
    ]);
  if (shown.risk !== undefined && byChance !== undefined && shown.risk.value <= byChance)
    said.push([
      {
        text: `So few patients show advantages up to ${two(byChance)} by chance alone: no attack is seen to gain from this run.`,
      },
    ]);
  return said;
}

function ownWords(shown: PlanePoint, real: PlanePoint | undefined, use: PlaneUse | undefined): Said[] {
  const { guarantee, risk } = shown;
  const lost =
    use !== undefined && shown.use !== undefined && real?.use !== undefined
      ? lossWords(use, shown.use, real.use)
      : "use could not be measured";
  if (guarantee !== undefined && guarantee.seeded !== true)
    return [
      { text: `At ${epsilonWords(guarantee.epsilon)}`, strong: true },
      {
        text: ` ${lost}. In return no attack on whether a patient was in the data, known or not, can gain more than ${two(guarantee.limit)}${risk === undefined ? "" : `; those we tried gained ${two(risk.value)} (${range(risk)})`}.`,
      },
    ];
  const seeded = guarantee?.seeded === true ? " Its noise was made for a test, so it is not private." : "";
  const attacks =
    risk === undefined
      ? "Its risk is not measurable with so few patients."
      : `The attacks we tried gain ${two(risk.value)} (${range(risk)}).`;
  return [{ text: shown.name, strong: true }, { text: `: ${lost}. ${attacks}${seeded}` }];
}

/** The run without a guarantee that is most useful. */
const bestPlain = (points: readonly PlanePoint[], shown: PlanePoint): PlanePoint | undefined =>
  points
    .filter((one) => one.kind === "run" && one.id !== shown.id && one.guarantee === undefined)
    .toSorted((a, b) => (b.use?.value ?? -Infinity) - (a.use?.value ?? -Infinity))[0];

function runWords(point: PlanePoint, real: PlanePoint | undefined, use: PlaneUse | undefined): string {
  const lost =
    use === undefined || point.use === undefined || real?.use === undefined
      ? ""
      : `loses ${lostWords(real.use.value - point.use.value, point.use.interval.high >= real.use.value, use)}, and `;
  const gain =
    point.risk === undefined
      ? "its risk is not measurable."
      : `the attacks we tried gain ${two(point.risk.value)} (${range(point.risk)}).`;
  return `${point.name} ${lost}${gain}`;
}

/** One point in a sentence, for those who do not see it. */
export function pointWords({ name, risk, use, guarantee }: PlanePoint, by: PlaneUse | undefined): string {
  const said = [
    risk === undefined ? "risk not measurable" : `risk ${two(risk.value)}`,
    use === undefined || by === undefined ? "use not measurable" : `${unitWords(by)} ${fixed(use.value, 3)}`,
    ...(guarantee === undefined || guarantee.seeded ? [] : [`limit ${two(guarantee.limit)}`]),
  ];
  return `${name}: ${said.join(", ")}`;
}

/** The picture in a sentence. */
export function planeLabel({ points, use }: Plane): string {
  const drawn = points.filter((one) => one.risk !== undefined && one.use !== undefined);
  const words = drawn.map((point) => pointWords(point, use)).join("; ");
  return `Privacy risk against use of ${count(drawn.length)} tables. ${words}.`;
}

/** What the columns of a coarsened table are called. */
export const coarsenedByWords = (by: CoarsenedBy, known: readonly string[]): string =>
  by === "all" ? "every column but the target" : listed(known);

export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;

/** What coarsening the real table comes to beside the runs, in sentences. */
export function coarsenedSentences({ points, use, known }: Plane, by: CoarsenedBy): string[] {
  const own = points.flatMap((point) =>
    point.coarsened?.by === by ? [{ ...point, coarsened: point.coarsened }] : [],
  );
  const said: string[] = [];
  const pair = use === undefined ? undefined : atSameUse(points, own);
  if (pair !== undefined) {
    const { run, coarse } = pair;
    said.push(
      `At about the same use (${two(run.use)} and ${two(coarse.use)}), the coarsened table at k = ${coarse.k} gives an attacker ${two(coarse.risk)}, ${run.name} ${two(run.risk)}.`,
    );
  }
  const worst = own.filter(({ coarsened }) => coarsened.variety === 1).map(({ coarsened }) => coarsened.k);
  if (worst.length > 0)
    said.push(
      `At k of ${Math.max(...worst)} or less, some groups hold one outcome only: whoever knows that a patient is in the group knows the outcome.`,
    );
  const first = own[0];
  if (by === "known" && first?.risk !== undefined)
    said.push(
      `Only ${listed(known)} ${known.length === 1 ? "is" : "are"} coarsened: someone who knows no more finds ${foundWords(own)}, but the attacks here also know the other columns, which stand as they were.`,
    );
  return said;
}

const foundWords = (
  own: readonly { readonly coarsened: { readonly k: number; readonly found: number } }[],
): string =>
  own
    .filter((_, i) => i === 0 || i === own.length - 1)
    .map(({ coarsened: { k, found } }) => `${fixed(100 * found, 1)}% of patients at k = ${k}`)
    .join(" and ");

/** The coarsened table and the run whose uses lie nearest to each other, within 0.05. */
function atSameUse(
  points: readonly PlanePoint[],
  own: readonly (PlanePoint & { readonly coarsened: { readonly k: number } })[],
) {
  const pairs = points
    .filter(({ kind }) => kind === "run")
    .flatMap((run) =>
      own.flatMap((one) => {
        if (!run.use || !run.risk || !one.use || !one.risk) return [];
        const off = Math.abs(run.use.value - one.use.value);
        const coarse = { k: one.coarsened.k, use: one.use.value, risk: one.risk.value };
        return [{ off, run: { name: run.name, use: run.use.value, risk: run.risk.value }, coarse }];
      }),
    )
    .filter(({ off }) => off <= 0.05)
    .toSorted((a, b) => a.off - b.off);
  return pairs[0];
}

/** Where the loss of use lies within noise and where it does not. */
export function sweepSentences({ patients, stops, steps, use }: Sweep): string[] {
  const refused = stops.filter((stop) => stop.refused !== undefined);
  const none =
    refused.length === 0
      ? []
      : [
          `No model can be made ${listed(refused.map(({ epsilon }) => `at ${epsilonWords(epsilon)}`))}: ${refused[0]?.refused ?? ""}`,
        ];
  if (use === undefined || steps.length === 0)
    return [...none, "Use could not be measured, so its loss cannot be told."];
  const within = steps.filter(({ difference }) => difference.interval.low <= 0);
  const beyond = steps.filter(({ difference }) => difference.interval.low > 0);
  const stepWords = ({ from, to, difference }: SweepStep): string =>
    `between ${epsilonWords(from)} and ${Number(to.toPrecision(3))} (${two(difference.value)}, 95% interval ${range(difference)})`;
  const said: string[] = [...none];
  if (within.length > 0) said.push(`The loss of use is within noise ${listed(within.map(stepWords))}.`);
  if (beyond.length > 0) said.push(`It is beyond noise ${listed(beyond.map(stepWords))}.`);
  const lowest = stops[0];
  if (
    lowest?.use !== undefined &&
    use.unit !== "R²" &&
    use.unit !== "likeness" &&
    lowest.use.interval.low <= use.chance
  )
    said.push(
      `At ${epsilonWords(lowest.epsilon)} nothing beyond a guess is shown to be left: ${count(patients)} patients are too few.`,
    );
  return said.map((sentence) => sentence.charAt(0).toUpperCase() + sentence.slice(1));
}

/** "20 runs, 5 seeds at each ε, 3 s. None is kept or given away, so nothing is added to the ledger." */
export function sweepFacts({ stops, seeds, seconds }: Sweep): string {
  const runs = stops.filter(({ refused }) => refused === undefined).length * seeds;
  const took = seconds < 1 ? "under 1 s" : `${count(Math.round(seconds))} s`;
  return `${count(runs)} runs, ${count(seeds)} seeds at each ε, ${took}. None is kept or given away, so nothing is added to the ledger.`;
}
