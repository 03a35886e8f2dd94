import { normalQuantile } from "../../../math/normal.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Setting, Stage } from "../simulating/stage.ts";
import { SEXES } from "./age-curve.ts";
import { mixed, timesOf } from "./case-mix.ts";
import type { CaseMix } from "./case-mix.ts";
import { CONDITIONS, LINKED, ROOTS, scoresOf, SCORES } from "./comorbidity.ts";
import { drawTables } from "./draw-tables.ts";
import type { DrawTables } from "./draw-tables.ts";
import { agesOf, CELLS, everyJoint } from "./joint.ts";
import { rareLevel, rareUpTo } from "./rare-conditions.ts";

/**
 * What they have, by age and sex: each of `CONDITIONS` (0 or 1), `smoking` (place in `SMOKING`), `diabetes_type` (0 none, 1, 2),
 * `rare_condition`, and `bmi_score`, how heavy they are for their age and sex (a standard normal in all adults), which weight
 * is made from. Needs `age` and `female`. Nobody under 18 has any of them.
 */
export function conditions(mix: CaseMix = {}): Stage {
  const known = new WeakMap<Numbers, Model>();
  return {
    name: "conditions",
    prepare: (setting) => {
      const model = known.get(setting.numbers) ?? modelOf(mix, setting);
      known.set(setting.numbers, model);
      return (rows, rng) => draw(rows, rng, model);
    },
  };
}

interface Model {
  /** by `female`, then by year of age from the first */
  readonly tables: readonly (readonly DrawTables[])[];
  readonly begins: readonly Float64Array[];
  readonly widths: readonly Float64Array[];
  readonly rare: readonly (readonly number[])[];
  readonly typeOne: number | undefined;
  readonly first: number;
  readonly last: number;
}

function modelOf(mix: CaseMix, setting: Setting): Model {
  const { numbers } = setting;
  const joints = everyJoint(numbers);
  const times = timesOf(mix, joints, setting);
  const scores = SEXES.map((sex) => scoresOf(sex, numbers));
  return {
    tables: joints.map((years) => years.map((joint) => drawTables(mixed(joint, times)))),
    begins: scores.map(({ begins }) => begins),
    widths: scores.map(({ shares }) => shares),
    rare: SEXES.map((sex) => rareUpTo(sex, numbers)),
    typeOne: mix.typeOne === undefined ? undefined : numbers.of(mix.typeOne),
    ...agesOf(numbers),
  };
}

function draw(rows: Rows, rng: Rng, model: Model): void {
  const { tables, begins, widths, rare, typeOne, first, last } = model;
  const [age, female] = [rows.get("age"), rows.get("female")];
  const [score, smoking] = [rows.add("bmi_score"), rows.add("smoking")];
  const [type, rareCondition] = [rows.add("diabetes_type"), rows.add("rare_condition")];
  const fields = CONDITIONS.map((name) => rows.add(name));
  for (let i = 0; i < rows.count; i++) {
    const woman = female[i] as number;
    const year = Math.floor(age[i] as number);
    if (year < first) {
      score[i] = rng.normal();
      continue;
    }
    const table = tables[woman]?.[Math.min(year, last) - first] as DrawTables;
    const place = rng.uniform() * ROOTS;
    let root = Math.floor(place);
    if (place - root >= (table.stay[root] as number)) root = table.other[root] as number;
    const step = root % SCORES;
    smoking[i] = (root - step) / SCORES;
    const below = begins[woman]?.[step] as number;
    score[i] = normalQuantile(below + (widths[woman]?.[step] as number) * (rng.uniform() || 0.5));
    // 1, then a bit for each condition drawn
    let bits = 1;
    const own = root * CELLS;
    for (let k = 0; k < LINKED.length; k++) {
      const has = rng.uniform() < (table.chances[own + bits] as number) ? 1 : 0;
      (fields[k] as Float64Array)[i] = has;
      bits = 2 * bits + has;
    }
    for (let at = 0; at < table.apart.length; at++)
      (fields[LINKED.length + at] as Float64Array)[i] =
        rng.uniform() < ((table.apart[at] as Float64Array)[root] as number) ? 1 : 0;
    if (fields[0]?.[i] === 1) type[i] = rng.uniform() < (typeOne ?? (table.typeOne[root] as number)) ? 1 : 2;
    rareCondition[i] = rareLevel(rng.uniform(), rare[woman] as readonly number[]);
  }
}
