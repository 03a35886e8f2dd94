import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Stage } from "../simulating/stage.ts";
import { DRUGS, RAAS_CLASSES, TOGETHER } from "./drug-names.ts";
import type { Drug } from "./drug-names.ts";
import { drugBit, prescriptions } from "./prescribing.ts";
import type { Prescription, Reason } from "./prescribing.ts";
import { traitBit, traitsOf } from "./traits.ts";

/** How treatment in a cohort differs from that of all adults. */
export interface Treatment {
  /** the share of those with any indication and nothing against it who take a drug here, by the id of its number */
  readonly share?: Partial<Readonly<Record<Drug, string>>>;
}

/**
 * What they take: each of `DRUGS` (0 or 1), `raas_class` (place in `RAAS_CLASSES`), `furosemide_mg` (a day, missing without),
 * `interaction` (place in `INTERACTIONS`). Needs age and conditions; `egfr`, `potassium` and `pregnant` count where they are.
 */
export function drugs({ share }: Treatment = {}): Stage {
  return {
    name: "drugs",
    prepare: ({ numbers }) => {
      const [given, readTraits] = [prescriptions(numbers, share), traitsOf(numbers)];
      const [dose, interaction] = [doses(numbers), interactions()];
      const [raas, arni, ace] = [drugBit("raas_inhibitor"), drugBit("arni"), drugBit("ace_inhibitor")];
      const [loop, kidneys] = [drugBit("loop_diuretic"), traitBit("egfr_under_30")];
      return (rows, rng) => {
        const traits = readTraits(rows);
        const fields = DRUGS.map((name) => rows.add(name));
        const [raasClass, furosemide] = [rows.add("raas_class"), rows.add("furosemide_mg")];
        const shown = rows.add("interaction");
        for (let i = 0; i < rows.count; i++) {
          const has = traits(i);
          const takes = prescribed(given, has, rng);
          for (let at = 0; at < fields.length; at++) (fields[at] as Float64Array)[i] = (takes >> at) & 1;
          raasClass[i] = takes & arni ? ARNI : takes & ace ? ACE : takes & raas ? ARB : 0;
          furosemide[i] = takes & loop ? dose(rng, (has & kidneys) !== 0) : NaN;
          shown[i] = interaction(takes);
        }
      };
    },
  };
}

const ACE = RAAS_CLASSES.indexOf("ACE inhibitor");
const ARB = RAAS_CLASSES.indexOf("ARB");
const ARNI = RAAS_CLASSES.indexOf("ARNI");

const holds = ({ traits, drugs: bits }: Reason, has: number, takes: number): boolean =>
  (has & traits) === traits && (takes & bits) === bits;

/** One drug after the other, by what the patient has and takes already. */
function prescribed(given: readonly Prescription[], has: number, rng: Rng): number {
  let takes = 0;
  for (const { bit, why, against } of given) {
    let chance = 0;
    for (const reason of why)
      if (holds(reason, has, takes)) {
        chance = reason.share;
        break;
      }
    if (chance === 0) continue;
    for (const reason of against) if (holds(reason, has, takes)) chance *= reason.share;
    if (rng.uniform() < chance) takes |= bit;
  }
  return takes;
}

/** The interaction of what is taken, the gravest of several. */
function interactions(): (takes: number) => number {
  const levels = TOGETHER.map((ways) =>
    ways.map((way) => way.reduce((bits, drug) => bits | drugBit(drug), 0)),
  );
  return (takes) => {
    for (let level = 0; level < levels.length; level++)
      for (const all of levels[level] as number[]) if ((takes & all) === all) return level + 1;
    return 0;
  };
}

/** Furosemide a day in tablets' sizes, more where filtration is low. */
function doses(numbers: Numbers): (rng: Rng, lowFiltration: boolean) => number {
  const sizes = ["low", "usual", "double", "high"].map((name) => ({
    mg: numbers.of(`furosemide.mg.${name}`),
    share: numbers.of(`furosemide.share.${name}`),
  }));
  const [weights, times] = [sizes.map(({ share }) => share), numbers.of("furosemide.times.egfr_under_30")];
  return (rng, lowFiltration) => (sizes[rng.weighted(weights)]?.mg ?? 0) * (lowFiltration ? times : 1);
}
