import { SMOKING } from "../conditions/comorbidity.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";

/** Log odds of an emergency admission in the year after a review. Filtration by its stages, smoking a level of `SMOKING`. */
export function emergencyRisk(
  numbers: Numbers,
): (age: number, hba1c: number, egfr: number, smoking: number, sglt2: number) => number {
  const of = numbersOf(numbers, "dc.emergency");
  const [intercept, byAge, middle] = [of("intercept"), of("age"), of("age.middle")];
  const byHba1c = Math.log(of("hba1c")) / numbers.of("dc.percent");
  const usual = numbers.of("dc.retinopathy.hba1c.middle");
  const stages = ["60", "45", "30", "15"].map((it) => numbers.of(`dc.stage.${it}`));
  const worse = [0, ...["45", "30", "15", "0"].map((it) => Math.log(of(`egfr.${it}`)))];
  const smokes = SMOKING.map((level) =>
    level === "Never" ? 0 : Math.log(of(`smoking.${level.toLowerCase()}`)),
  );
  const treated = Math.log(of("sglt2"));
  return (age, hba1c, egfr, smoking, sglt2) => {
    let stage = 0;
    while (stage < stages.length && egfr < (stages[stage] as number)) stage++;
    return (
      intercept +
      byAge * (age - middle) +
      byHba1c * (hba1c - usual) +
      (worse[stage] as number) +
      (smokes[smoking] as number) +
      treated * sglt2
    );
  };
}
