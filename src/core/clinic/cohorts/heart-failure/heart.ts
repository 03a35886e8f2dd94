import { logistic, logit } from "../../../math/logistic.ts";
import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { byName } from "../simulating/by-name.ts";
import { bernoulli, clamp } from "../simulating/chance.ts";
import { classOf, cutsOf } from "../simulating/ordered.ts";
import type { Stage } from "../simulating/stage.ts";

/** What goes with heart failure: ethnicity (a level), diabetes, atrial fibrillation, lung disease, each 0 or 1. */
function companions(numbers: Numbers) {
  const ethnicity = ["black", "mixed", "south_asian", "white"].map((it) => numbers.of(`hf.ethnicity.${it}`));
  const [diabetes, copd] = [numbers.of("hf.diabetes.share"), numbers.of("hf.copd.share")];
  const fibrillation = logit(numbers.of("hf.atrial_fibrillation.share"));
  const decade = Math.log(numbers.of("hf.atrial_fibrillation.odds.decade"));
  return {
    ethnicity: (rng: Rng) => rng.weighted(ethnicity),
    diabetes: (rng: Rng) => bernoulli(rng, diabetes),
    copd: (rng: Rng) => bernoulli(rng, copd),
    fibrillation: (rng: Rng, decades: number) => bernoulli(rng, logistic(fibrillation + decade * decades)),
  };
}

/** Ejection fraction in two humps: which, by sex and atrial fibrillation, and where within it. */
function ejection(numbers: Numbers) {
  const of = numbersOf(numbers, "hf.lvef");
  const [share, women, fibrillation] = [
    logit(of("preserved")),
    Math.log(of("preserved.odds.women")),
    Math.log(of("preserved.odds.atrial_fibrillation")),
  ];
  const fibrillating = numbers.of("hf.atrial_fibrillation.share");
  const means = [of("reduced.mean"), of("preserved.mean")];
  const spreads = [of("reduced.sd"), of("preserved.sd")];
  const [least, most] = [of("least"), of("most")];
  return {
    preserved: (rng: Rng, female: number, af: number) =>
      bernoulli(rng, logistic(share + women * (female - 0.5) + fibrillation * (af - fibrillating))),
    within: (rng: Rng, hump: number) =>
      clamp((means[hump] as number) + (spreads[hump] as number) * rng.normal(), least, most),
  };
}

/** Blood of those admitted, coherent: kidneys first, the rest hangs on them, on severity and on the heart. */
function blood(numbers: Numbers) {
  const of = numbersOf(numbers, "hf");
  const creatinine = {
    middle: Math.log(of("creatinine.median")),
    sd: of("creatinine.sd"),
    women: of("creatinine.women"),
    decade: of("creatinine.decade"),
    diabetes: of("creatinine.diabetes"),
  };
  const diabetes = of("diabetes.share");
  const urea = {
    middle: Math.log(of("urea.median")),
    sd: of("urea.sd"),
    with: of("correlation.urea.creatinine"),
  };
  const probnp = {
    reduced: Math.log(of("nt_probnp.reduced")),
    preserved: Math.log(of("nt_probnp.preserved")),
    sd: of("nt_probnp.sd"),
    most: of("nt_probnp.most"),
    decade: of("nt_probnp.decade"),
    kidneys: of("nt_probnp.kidneys"),
    severity: of("nt_probnp.severity"),
    fibrillation: of("nt_probnp.atrial_fibrillation"),
  };
  const fibrillating = of("atrial_fibrillation.share");
  const [na, ill, hb] = [of("sodium.mean"), of("sodium.severity"), of("haemoglobin.mean")];
  const [women, renal] = [of("haemoglobin.women"), of("haemoglobin.kidneys")];
  const naRest = Math.sqrt(of("sodium.sd") ** 2 - ill ** 2);
  const hbRest = Math.sqrt(of("haemoglobin.sd") ** 2 - renal ** 2);
  const rest = Math.sqrt(
    Math.max(0, probnp.sd ** 2 - probnp.kidneys ** 2 - probnp.severity ** 2 - probnp.decade ** 2),
  );
  return {
    creatinine: (rng: Rng, female: number, decades: number, diabetic: number) =>
      creatinine.middle +
      creatinine.women * (female - 0.5) +
      creatinine.decade * decades +
      creatinine.diabetes * (diabetic - diabetes) +
      creatinine.sd * rng.normal(),
    kidneys: (log: number) => (log - creatinine.middle) / creatinine.sd,
    urea: (rng: Rng, kidneys: number) =>
      Math.exp(urea.middle + urea.sd * (urea.with * kidneys + Math.sqrt(1 - urea.with ** 2) * rng.normal())),
    probnp: (
      rng: Rng,
      hump: number,
      { decades, kidneys, severity, af }: Record<"decades" | "kidneys" | "severity" | "af", number>,
    ) =>
      Math.min(
        probnp.most,
        Math.exp(
          (hump === 1 ? probnp.preserved : probnp.reduced) +
            probnp.decade * decades +
            probnp.kidneys * kidneys +
            probnp.severity * severity +
            probnp.fibrillation * (af - fibrillating) +
            rest * rng.normal(),
        ),
      ),
    sodium: (rng: Rng, severity: number) => na + ill * severity + naRest * rng.normal(),
    haemoglobin: (rng: Rng, woman: number, kidneys: number) =>
      hb + women * (woman - 0.5) + renal * kidneys + hbRest * rng.normal(),
  };
}

/** Pressure by ejection fraction and severity; the diastolic hangs on the systolic and stays below it. */
function pressures(numbers: Numbers) {
  const of = numbersOf(numbers, "hf");
  const [mean, sd, preserved, severe] = [
    of("sbp.mean"),
    of("sbp.sd"),
    of("sbp.preserved"),
    of("sbp.severity"),
  ];
  const share = of("lvef.preserved");
  const [low, spread, together] = [of("dbp.mean"), of("dbp.sd"), of("correlation.sbp.dbp")];
  const rest = Math.sqrt(sd ** 2 - severe ** 2 - share * (1 - share) * preserved ** 2);
  return (rng: Rng, hump: number, severity: number): [number, number] => {
    const sbp = mean + preserved * (hump - share) + severe * severity + rest * rng.normal();
    const dbp = low + spread * (together * ((sbp - mean) / sd) + Math.sqrt(1 - together ** 2) * rng.normal());
    const systolic = Math.max(sbp, mean / 2);
    return [systolic, clamp(dbp, low / 2, systolic - 12)];
  };
}

/**
 * An admission with heart failure: `ethnicity`, `diabetes`, `atrial_fibrillation`, `copd`, `preserved` (0 or 1, the hump),
 * `lvef`, `severity` (hidden, standard normal), `limited` (hidden: how limited among their like, standard normal), `nyha`
 * (0 to 3, at admission), pressures, creatinine, urea, sodium, haemoglobin, NT-proBNP.
 */
export const heart: Stage = {
  name: "heart",
  prepare: ({ numbers }) => {
    const [other, heartOf, bloodOf, pressure] = [
      companions(numbers),
      ejection(numbers),
      blood(numbers),
      pressures(numbers),
    ];
    const middle = numbers.of("failing.mean");
    const loaded = numbers.of("hf.severity.kidneys");
    const nyhaCuts = cutsOf([1, 2, 3, 4].map((it) => numbers.of(`hf.nyha.admitted.${it}`)));
    const judged = numbers.of("hf.nyha.severity");
    return (rows, rng) => {
      const [age, female] = [rows.get("age"), rows.get("female")];
      const into = byName(FIELDS, (name) => rows.add(name));
      for (let i = 0; i < rows.count; i++) {
        const [woman, decades] = [female[i] as number, ((age[i] as number) - middle) / 10];
        const diabetic = other.diabetes(rng);
        const af = other.fibrillation(rng, decades);
        const hump = heartOf.preserved(rng, woman, af);
        const log = bloodOf.creatinine(rng, woman, decades, diabetic);
        const kidneys = bloodOf.kidneys(log);
        const severity = loaded * kidneys + Math.sqrt(1 - loaded ** 2) * rng.normal();
        const [sbp, dbp] = pressure(rng, hump, severity);
        into.ethnicity[i] = other.ethnicity(rng);
        into.diabetes[i] = diabetic;
        into.atrial_fibrillation[i] = af;
        into.copd[i] = other.copd(rng);
        into.heart_failure[i] = 1;
        into.preserved[i] = hump;
        into.lvef[i] = heartOf.within(rng, hump);
        into.severity[i] = severity;
        into.kidneys[i] = kidneys;
        const limited = judged * severity + Math.sqrt(1 - judged ** 2) * rng.normal();
        into.limited[i] = limited;
        into.nyha[i] = classOf(nyhaCuts, limited);
        into.sbp[i] = sbp;
        into.dbp[i] = dbp;
        into.creatinine[i] = Math.exp(log);
        into.urea[i] = bloodOf.urea(rng, kidneys);
        into.sodium[i] = bloodOf.sodium(rng, severity);
        into.haemoglobin[i] = bloodOf.haemoglobin(rng, woman, kidneys);
        into.nt_probnp[i] = bloodOf.probnp(rng, hump, { decades, kidneys, severity, af });
      }
    };
  },
};

const FIELDS = [
  "ethnicity",
  "diabetes",
  "atrial_fibrillation",
  "copd",
  "heart_failure",
  "preserved",
  "lvef",
  "severity",
  "kidneys",
  "limited",
  "nyha",
  "sbp",
  "dbp",
  "creatinine",
  "urea",
  "sodium",
  "haemoglobin",
  "nt_probnp",
] as const;
