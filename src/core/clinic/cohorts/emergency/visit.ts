import { BLEED, CRISES, HYPERKALAEMIA, KETOACIDOSIS, SEPSIS } from "../emergencies/emergencies.ts";
import { numbersOf } from "../numbers/numbers.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";
import { FIRST_ARRIVALS } from "./emergency-columns.ts";

/** Levels of `complaint`, and what their numbers are called by. */
export const COMPLAINTS = [
  ["Injury", "injury"],
  ["Abdominal pain", "abdomen"],
  ["Chest pain", "chest"],
  ["Breathing", "breath"],
  ["Fever or infection", "fever"],
  ["Head or nerves", "head"],
  ["Mental health", "mind"],
  ["Weakness or collapse", "weak"],
  ["Vomiting blood or black stool", "blood"],
  ["Other", "other"],
] as const;

/** The level of `complaint` that goes by a short name. */
export const complaint = (short: (typeof COMPLAINTS)[number][1]): number =>
  COMPLAINTS.findIndex(([, name]) => name === short);

/**
 * Why they come and when: `arrived_at`, `crisis` (one of the emergencies, adults only) and `crisis_severity`, `complaint`, and
 * `illness` (standard normal about how ill they are otherwise). Those with ketoacidosis have diabetes already.
 */
export const visit: Stage = {
  name: "visit",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "ed");
    const hours = Array.from({ length: 24 }, (_, hour) => of(`arrival.${hour}`));
    const shares = COMPLAINTS.map(([, name]) => (name === "blood" ? 0 : of(`share.${name}`)));
    const small = COMPLAINTS.map(([, name], at) => {
      const rarely = name === "chest" || name === "mind" || name === "head" || name === "weak";
      const often = name === "fever" || name === "breath";
      return (shares[at] as number) * (rarely ? of("small.rarely") : often ? of("small.often") : 1);
    });
    const school = of("small.until");
    const [sepsis, ketoacidosis, potassium, bleed] = [
      of("sepsis"),
      [0, of("ketoacidosis.1"), of("ketoacidosis.2")],
      of("hyperkalaemia"),
      of("bleed"),
    ];
    const [adult, aging, middle] = [of("adult"), of("sepsis.age"), of("sepsis.middle")];
    const [years, own] = [of("ill.age"), of("ill.share")];
    const weights = new Float64Array(CRISES.length).fill(1);
    return (rows, rng) => {
      const [age, type, ckd] = [rows.get("age"), rows.get("diabetes_type"), rows.get("ckd")];
      const [arrived, crisis, severity] = [
        rows.add("arrived_at"),
        rows.add("crisis"),
        rows.add("crisis_severity"),
      ];
      const [why, illness] = [rows.add("complaint"), rows.add("illness")];
      for (let i = 0; i < rows.count; i++) {
        const day = rng.integer(365);
        const minutes = 60 * rng.weighted(hours) + rng.integer(60);
        arrived[i] = FIRST_ARRIVALS + (day * 24 * 60 + minutes) * 60 * 1000;
        const decades = ((age[i] as number) - middle) / 10;
        const older = Math.exp(aging * decades);
        const grown = (age[i] as number) >= adult ? 1 : 0;
        weights[SEPSIS] = grown * sepsis * older;
        weights[KETOACIDOSIS] = grown * (ketoacidosis[type[i] as number] as number);
        weights[HYPERKALAEMIA] = grown * potassium * (ckd[i] as number);
        weights[BLEED] = grown * bleed * older;
        const kind = rng.weighted(weights);
        crisis[i] = kind;
        severity[i] = rng.normal();
        illness[i] = years * decades + own * rng.normal();
        const usual = rng.weighted((age[i] as number) < school ? small : shares);
        const told = bernoulli(rng, 3 / 4) === 1;
        why[i] = told ? (TOLD[kind] ?? usual) : kind === 0 ? usual : complaint("weak");
      }
    };
  },
};

/** What somebody with an emergency says, by its place in `CRISES`. */
const TOLD: readonly (number | undefined)[] = [
  undefined,
  complaint("fever"),
  complaint("abdomen"),
  complaint("weak"),
  complaint("blood"),
];
