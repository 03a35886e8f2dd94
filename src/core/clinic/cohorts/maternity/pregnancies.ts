import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { byName } from "../simulating/by-name.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";

/** What `pregnancies` makes, each a field. */
const FIELDS = [
  "parity",
  "smokes",
  "twins",
  "previous_preeclampsia",
  "aspirin",
  "preeclampsia",
  "onset_week",
  "birth_week",
  "gestation_at_birth",
  "birth_weight_g",
  "caesarean",
] as const;
type Field = (typeof FIELDS)[number];

/**
 * Who is pregnant again, with whom, and what comes of it: pre-eclampsia by the risks before it, with the week in which it
 * begins (NaN for nobody's), the week and way of birth, and the (first) child's weight. Needs age, bmi, hypertension, diabetes.
 */
export const pregnancies: Stage = {
  name: "pregnancies",
  prepare: ({ numbers }) => {
    const [before, ill, born] = [history(numbers), preeclampsia(numbers), birth(numbers)];
    return (rows, rng) => {
      const woman = womenOf(rows);
      for (let row = 0; row < rows.count; row++) {
        before(woman, row, rng);
        ill(woman, row, rng);
        born(woman, row, rng);
      }
    };
  },
};

type Women = Readonly<Record<Field | "age" | "bmi" | "hypertension" | "diabetes", Float64Array>>;
type Draw = (women: Women, row: number, rng: Rng) => void;

function womenOf(rows: Rows): Women {
  const made = byName(FIELDS, (name) => rows.add(name));
  const [age, bmi] = [rows.get("age"), rows.get("bmi")];
  return { ...made, age, bmi, hypertension: rows.get("hypertension"), diabetes: rows.get("diabetes") };
}

const is = (values: Float64Array, row: number): boolean => values[row] === 1;
const odds = (share: number): number => share / (1 - share);
const chance = (ofOdds: number): number => ofOdds / (1 + ofOdds);

function history(numbers: Numbers): Draw {
  const of = numbersOf(numbers, "maternity");
  const [first, yearly, middle, more] = [of("first"), of("first.year"), of("age"), of("more")];
  const [twins, smokes, again] = [of("twins"), of("smokes"), numbers.of("preeclampsia.first")];
  const [start, slope] = [odds(first), Math.log(yearly)];
  return (women, row, rng) => {
    const firstHere = chance(start * Math.exp(slope * ((women.age[row] as number) - middle)));
    let births = 0;
    if (rng.uniform() >= firstHere) for (births = 1; rng.uniform() < more && births < 10;) births++;
    women.parity[row] = births;
    women.smokes[row] = rng.uniform() < smokes ? 1 : 0;
    women.twins[row] = rng.uniform() < twins ? 1 : 0;
    const before = rng.uniform() < again;
    women.previous_preeclampsia[row] = births > 0 && before ? 1 : 0;
  };
}

function preeclampsia(numbers: Numbers): Draw {
  const of = numbersOf(numbers, "preeclampsia");
  const [first, later, again, most] = [of("first"), of("later"), of("again"), of("most")];
  const [high, sugar, obese, twins, forty] = ["hypertension", "diabetes", "obese", "twins", "forty"].map(of);
  const [heavy, old] = [of("obese.from"), of("forty.from")];
  const [takes, helps] = [numbers.of("aspirin.share"), numbers.of("aspirin.preeclampsia")];
  const [early, turn, from, until] = [of("early"), of("early.until"), of("from"), of("until")];
  return (women, row, rng) => {
    const before = is(women.previous_preeclampsia, row);
    let risk = before ? again : women.parity[row] === 0 ? first : later;
    if (is(women.hypertension, row)) risk *= high as number;
    if (is(women.diabetes, row)) risk *= sugar as number;
    if (is(women.twins, row)) risk *= twins as number;
    if ((women.bmi[row] as number) > heavy) risk *= obese as number;
    if ((women.age[row] as number) > old) risk *= forty as number;
    const atRisk = before || is(women.hypertension, row) || is(women.diabetes, row);
    women.aspirin[row] = rng.uniform() < takes && atRisk ? 1 : 0;
    if (is(women.aspirin, row)) risk *= helps;
    const has = rng.uniform() < Math.min(most, risk);
    const [soon, when] = [rng.uniform() < early, rng.uniform()];
    women.preeclampsia[row] = has ? 1 : 0;
    women.onset_week[row] = has ? (soon ? from + (turn - from) * when : turn + (until - turn) * when) : NaN;
  };
}

function birth(numbers: Numbers): Draw {
  const of = numbersOf(numbers, "maternity");
  const week = weekOfBirth(numbers);
  const [usual, twins, ill] = [of("caesarean"), of("caesarean.twins"), of("caesarean.preeclampsia")];
  const [heavier, older, middle] = [of("caesarean.bmi"), of("caesarean.year"), of("age")];
  const slim = numbers.of("pregnant.bmi");
  const weigh = weightAtBirth(numbers);
  const [byIndex, byYear] = [Math.log(heavier), Math.log(older)];
  return (women, row, rng) => {
    const at = week(women, row, rng);
    women.birth_week[row] = at;
    women.gestation_at_birth[row] = Math.floor(at);
    women.birth_weight_g[row] = weigh(at, is(women.twins, row), is(women.smokes, row), rng.normal());
    const [above, years] = [(women.bmi[row] as number) - slim, (women.age[row] as number) - middle];
    let of = odds(usual) * Math.exp(byIndex * above + byYear * years);
    if (is(women.twins, row)) of *= twins;
    if (is(women.preeclampsia, row)) of *= ill;
    women.caesarean[row] = rng.uniform() < chance(of) ? 1 : 0;
  };
}

/** Labour comes early, at term, or is begun because of pre-eclampsia: early onset waits a little, late onset until term. */
function weekOfBirth(numbers: Numbers): (women: Women, row: number, rng: Rng) => number {
  const of = numbersOf(numbers, "maternity");
  const [one, two, power, longest] = [
    of("preterm"),
    of("preterm.twins"),
    of("preterm.power"),
    of("preterm.longest"),
  ];
  const [middle, sd, from, to] = [of("term"), of("term.sd"), of("term.from"), of("term.to")];
  const [high, smoke] = [numbers.of("preterm.hypertension"), numbers.of("preterm.smokes")];
  const [early, wait] = [numbers.of("preeclampsia.early.until"), numbers.of("preeclampsia.wait")];
  return (women, row, rng) => {
    let of = odds(is(women.twins, row) ? two : one);
    if (is(women.hypertension, row)) of *= high;
    if (is(women.smokes, row)) of *= smoke;
    const preterm = rng.uniform() < chance(of);
    const [u, term] = [rng.uniform(), middle + sd * rng.normal()];
    const due = preterm ? from - longest * u ** power : Math.min(to, Math.max(from, term));
    const v = rng.uniform();
    const onset = women.onset_week[row] as number;
    if (Number.isNaN(onset)) return due;
    const waited = -wait * Math.log(1 - v);
    const begun = onset < early ? Math.min(from, onset + waited) : Math.max(from, onset + waited / 10);
    return Math.max(onset, Math.min(due, begun));
  };
}

function weightAtBirth(
  numbers: Numbers,
): (week: number, twin: boolean, smokes: boolean, z: number) => number {
  const of = numbersOf(numbers, "fetal");
  const [start, weekly, square, sd, twins, smoke] = [
    of("start"),
    of("week"),
    of("square"),
    of("sd"),
    of("twins"),
    of("smokes"),
  ];
  const term = numbers.of("pregnant.end");
  const atTerm = Math.exp(start + weekly * term + square * term * term);
  return (week, twin, smokes, z) => {
    const usual = Math.exp(start + weekly * week + square * week * week + sd * z - (sd * sd) / 2);
    const grown = usual * (twin ? twins : 1);
    return grown * (smokes ? 1 + smoke / atTerm : 1);
  };
}
