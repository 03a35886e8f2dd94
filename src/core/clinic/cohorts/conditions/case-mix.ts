import { logit } from "../../../math/logistic.ts";
import { createRng } from "../../../math/rng.ts";
import { Rows } from "../simulating/rows.ts";
import type { Setting, Stage } from "../simulating/stage.ts";
import { inside } from "./age-curve.ts";
import { CONDITIONS, LINKED, ROOTS } from "./comorbidity.ts";
import type { Condition } from "./comorbidity.ts";
import { agesOf, CELLS } from "./joint.ts";
import type { Joint } from "./joint.ts";
import { cellWeights, marginsOf, weightsOf } from "./margins.ts";
import type { Times } from "./margins.ts";

/** How a cohort differs from all adults. */
export interface CaseMix {
  /** everyone has these; all else (weight, smoking, what goes with them) is as in those who have them */
  readonly always?: readonly Condition[];
  /** nobody has these */
  readonly never?: readonly Condition[];
  /** the share of the cohort that has a condition, by the id of its number; what hangs on it moves with it */
  readonly share?: Partial<Readonly<Record<Condition, string>>>;
  /** its ages and sexes, at which `share` is held; needed where there is one */
  readonly population?: Stage;
  /** the share of type 1 among those with diabetes, by the id of its number; as in all adults unless said */
  readonly typeOne?: string;
}

/** The distribution among those of a case mix: odds ratios between conditions stay as they are. */
export function mixed({ cells, apart, typeOne }: Joint, times: Times): Joint {
  const factors = cellWeights(times);
  const weights = new Float64Array(cells.length);
  const without = new Float64Array(ROOTS).fill(1);
  const having = apart.map((shares, at) => {
    const [no, yes] = weightsOf(times[LINKED.length + at] as number);
    return shares.map((share, root) => {
      const [out, into] = [no * (1 - share), yes * share];
      without[root] = (without[root] as number) * (out + into);
      return into / (out + into);
    });
  });
  for (let root = 0, i = 0; root < ROOTS; root++)
    for (let cell = 0; cell < CELLS; cell++, i++)
      weights[i] = (cells[i] as number) * (factors[cell] as number) * (without[root] as number);
  return { cells: weights, apart: having, typeOne };
}

/** Of log odds. */
const CLOSE = 1 / 1024;

/** What a cohort multiplies odds by, so that its shares are held at its own ages and sexes. */
export function timesOf(mix: CaseMix, joints: readonly (readonly Joint[])[], setting: Setting): Times {
  const { always = [], never = [], share = {}, population } = mix;
  const times = Float64Array.from(CONDITIONS, (name) =>
    always.includes(name) ? Infinity : never.includes(name) ? 0 : 1,
  );
  const wanted = CONDITIONS.flatMap((name, at) => {
    const id = share[name];
    return id === undefined ? [] : [{ at, share: inside(setting.numbers.of(id)) }];
  });
  if (wanted.length === 0 || population === undefined) return times;
  const people = peopleOf(population, joints, setting);
  for (let round = 0, off = 1; round < 24 && off > CLOSE; round++) {
    const sums = new Float64Array(CONDITIONS.length);
    for (const { joint, weight } of people)
      marginsOf(joint, times).forEach((margin, at) => {
        sums[at] = (sums[at] as number) + weight * margin;
      });
    off = 0;
    for (const { at, share: target } of wanted) {
      const step = logit(target) - logit(inside(sums[at] as number));
      times[at] = (times[at] as number) * Math.exp(step);
      off = Math.max(off, Math.abs(step));
    }
  }
  return times;
}

/** Drawn to weigh ages and sexes by; the middle two of four years stand for all four. */
const DRAWN = 10 * 1000;

function peopleOf(
  population: Stage,
  joints: readonly (readonly Joint[])[],
  setting: Setting,
): { joint: Joint; weight: number }[] {
  const rows = new Rows(DRAWN, 0);
  population.prepare({ ...setting, pyramid: undefined })(rows, createRng(1).fork(population.name));
  const [age, female] = [rows.get("age"), rows.get("female")];
  const { first, last } = agesOf(setting.numbers);
  const people = new Map<Joint, number>();
  for (let i = 0; i < DRAWN; i++) {
    if ((age[i] as number) < first) continue;
    const year = Math.min(last, Math.floor(age[i] as number)) - first;
    const joint =
      joints[female[i] as number]?.[Math.min(last - first, 4 * Math.floor(year / 4) + 1 + (i & 1))];
    if (joint) people.set(joint, (people.get(joint) ?? 0) + 1);
  }
  const sum = [...people.values()].reduce((total, count) => total + count, 0);
  return [...people].map(([joint, count]) => ({ joint, weight: count / sum }));
}
