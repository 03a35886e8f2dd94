import type { StudyFigure, StudyTable } from "../../report/study.ts";
import { methodName } from "../fields.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { percent } from "../../words/numbers.ts";
import { EARLY_STEPS, KEPT_SHARES } from "./ablation.ts";
import { figureWords, shareWords, type At, type Reading, type Told } from "./read-cells.ts";

interface Level {
  readonly name: string;
  readonly at: At;
}

interface Factor {
  /** "quality" */
  readonly name: string;
  /** "stopped after 20 steps" */
  readonly worst: string;
  /** what it is held against */
  readonly from: At;
  readonly to: At;
  readonly change: StudyFigure;
}

/** What poorer, narrower or more synthetic rows cost; undefined where it was not asked for. */
export function ablationFound(
  told: Told,
  read: Reading,
  method: string,
):
  | {
      readonly say: readonly string[];
      readonly tables: readonly StudyTable[];
      readonly notes: readonly string[];
    }
  | undefined {
  if (told.ablation === undefined || !told.methods.includes(method)) return undefined;
  const steps = told.ablation.steps.includes(method);
  const base: At = { measure: "real", method, at: 1 };
  const levels: Level[] = [
    { name: "Real rows alone", at: { ...base, at: 0 } },
    { name: "Half synthetic", at: { ...base, at: 0.5 } },
    { name: "All synthetic, as they are", at: base },
    ...EARLY_STEPS.toReversed().map((at) => ({
      name: `Quality: stopped after ${at} steps`,
      at: { ...base, series: "quality" as const, at },
    })),
    ...KEPT_SHARES.map((at) => ({
      name: `Diversity: the ${shareWords(at)} nearest the centre`,
      at: { ...base, series: "diversity" as const, at },
    })),
  ];
  const known = levels.filter(({ at }) => read.figure(at) !== undefined);
  return {
    say: [ablationSentence(told, read, base, steps)],
    tables: [
      {
        title: `Ablation, ${methodName(method)}`,
        note: `change in ${told.unit} on held-out real rows against all synthetic rows as they are, and what the ablation did to the rows themselves`,
        columns: [
          { name: told.unit, unit: told.unit },
          { name: "Change", unit: told.unit },
          { name: "Quality", unit: "share" },
          { name: "Diversity", unit: "share" },
        ],
        rows: known.map(({ name, at }) => ({
          name,
          cells: [
            read.figure(at),
            at === base ? undefined : read.difference(at, base),
            read.likeness(at),
            read.figure({ ...at, measure: "coverage" }),
          ],
        })),
      },
    ],
    notes: [
      `Ablation: quality is lowered by stopping training after ${EARLY_STEPS.join(" or ")} steps; diversity by drawing ${KEPT_SHARES.map((share) => 1 / share).join(" or ")} times as many rows and keeping those nearest the centre of the real ones, the target left aside; proportion is the share of synthetic rows. The three are not on one scale: which moves the result most holds for these levels, so the quality that rows are left with stands beside them.`,
      ...(steps
        ? []
        : [`${methodName(method)} has no steps that could end early, so its quality is not lowered.`]),
    ],
  };
}

function ablationSentence(told: Told, read: Reading, base: At, steps: boolean): string {
  const least = Math.min(...KEPT_SHARES);
  const few = Math.min(...EARLY_STEPS);
  const planned = [
    ...(steps
      ? [
          {
            name: "quality",
            worst: `stopped after ${few} steps`,
            from: base,
            to: { ...base, series: "quality" as const, at: few },
          },
        ]
      : []),
    {
      name: "diversity",
      worst: `the ${shareWords(least)} nearest the centre`,
      from: base,
      to: { ...base, series: "diversity" as const, at: least },
    },
    { name: "proportion", worst: "all rows synthetic instead of none", from: { ...base, at: 0 }, to: base },
  ];
  const factors = planned.flatMap((one): Factor[] => {
    const change = read.difference(one.to, one.from);
    return change ? [{ ...one, change }] : [];
  });
  if (factors.length < planned.length) return "The ablation has not been run to its end.";
  const [most, next] = factors.toSorted((a, b) => Math.abs(b.change.value) - Math.abs(a.change.value));
  const all = factors
    .map(({ name, worst, to, change }, i) => {
      const like = name === "proportion" ? undefined : read.likeness(to);
      const how = like ? `${worst}, quality ${percent(like.value, 0)}` : worst;
      return `${name} (${how}) ${figureWords(change, i === 0)}`;
    })
    .join(", ");
  if (most === undefined || factors.every(({ change }) => beyondNoise(change) === 0))
    return `Neither ${factors.map(({ name }) => name).join(", nor ")} moves the result beyond noise: ${told.unit} changes by ${all}.`;
  const ahead = next === undefined || apart(most.change, next.change);
  const named = factors.length === 3 ? "the three" : "the two";
  const changes = `${told.unit} changes by ${all}.`;
  return ahead
    ? `Of ${named}, ${most.name} moves the result most: ${changes}`
    : `Of ${named}, ${most.name} and ${next.name} move the result most, and which of them more is within noise: ${changes}`;
}

/** Whether the sizes of two changes have intervals that do not meet: a careful test. */
function apart(a: StudyFigure, b: StudyFigure): boolean {
  const size = ({ value, interval }: StudyFigure) => {
    const { low, high } = interval ?? { low: value, high: value };
    const half = (high - low) / 2;
    return { low: Math.abs(value) - half, high: Math.abs(value) + half };
  };
  return size(a).low > size(b).high;
}
