import { Z95 } from "../../math/intervals.ts";
import { normalQuantile } from "../../math/normal.ts";
import type { MeasuredResult, Measurement, MetricInfo } from "../../metrics/metric.ts";
import type { PlaneFigure, PlaneRisk } from "../../report/plane.ts";

/** What is read of a metric: its name and what kind of attack it is. */
type AttackInfo = Pick<MetricInfo, "id" | "name" | "family" | "criterion" | "attack" | "range">;
type AttackRow = { readonly info: AttackInfo; readonly result: MeasuredResult | Measurement };
type Measured = Pick<Extract<Measurement, { status: "ok" }>, "value" | "interval" | "detail">;

/** Advantages by group are of parts of the patients, which is another question. */
const BY_GROUP = "membership-by-group";

/**
 * Attacks that count on the plane: those that guess who was learned from, by an AUC, and Anonymeter's three. A difference of two
 * accuracies, which may be below 0, guesses nobody.
 */
export const isAttack = ({ id, family, criterion, attack, range }: AttackInfo): boolean =>
  family === "privacy" &&
  id !== BY_GROUP &&
  (attack === true || (criterion === "membership" && range[0] >= 0));

/**
 * The attack's advantage on patients who were learned from, 0 (nothing gained) to 1 (every patient found): success on them
 * less success on patients who were never used. Of membership attacks 2 AUC - 1, the true less the false positive rate
 * averaged over thresholds; of Anonymeter's attacks main less control rate, their risk undone from its division by
 * 1 - control, so that both are what epsilon limits (`advantageLimit`).
 */
export function advantageOf(info: AttackInfo, result: Measured): PlaneFigure {
  const scale = info.attack === true ? gained(result) : twiceAuc;
  const { low, high } = result.interval;
  return { value: scale(result.value), interval: { low: scale(low), high: scale(high) } };
}

const share = (value: number): number => Math.max(0, Math.min(1, value));
const twiceAuc = (auc: number): number => share(2 * auc - 1);

/** A risk as main less control rate, by the control rate of the attack that speaks. */
function gained({ value, detail }: Measured): (risk: number) => number {
  if (detail?.type !== "figures") return share;
  const controls = detail.rows.flatMap(({ synthetic, baseline }) => {
    if (baseline === undefined || baseline.value >= 1) return [];
    const risk = share((synthetic.value - baseline.value) / (1 - baseline.value));
    return [{ control: baseline.value, off: Math.abs(risk - value) }];
  });
  const [speaks] = controls.sort((a, b) => a.off - b.off);
  return (risk) => share(risk * (1 - (speaks?.control ?? 0)));
}

/** The largest advantage among attacks, with the interval of that attack alone; undefined where none was measured. */
export function largestAdvantage(rows: readonly AttackRow[]): PlaneRisk | undefined {
  const found = rows.flatMap(({ info, result }) =>
    result.status === "ok" && isAttack(info) && Number.isFinite(result.value)
      ? [{ ...advantageOf(info, result), attack: info.name }]
      : [],
  );
  const [worst] = found.toSorted((a, b) => b.value - a.value || b.interval.high - a.interval.high);
  return worst;
}

/**
 * The advantage that the largest of several attacks may seem to have by chance (95%, Bonferroni over the attacks) although
 * none gains anything: by the errors of the attacks `rows` on a table that gives nobody away. Undefined without attacks.
 */
export function advantageByChance(rows: readonly AttackRow[]): number | undefined {
  const attacks = rows.flatMap(({ info, result }) =>
    result.status === "ok" && isAttack(info) && Number.isFinite(result.value) ? [{ info, result }] : [],
  );
  if (attacks.length === 0) return undefined;
  const z = normalQuantile(1 - 0.05 / attacks.length);
  const each = attacks.map(({ info, result }) => {
    const { low, high } = result.interval;
    return info.attack === true
      ? gained(result)((z * (high - result.value)) / Z95)
      : twiceAuc(0.5 + (z * (high - low)) / (2 * Z95));
  });
  return Math.max(...each);
}

/**
 * The most that true less false positive rate of any attack on membership can come to under (epsilon, delta), neighbours by
 * one patient added or removed: (e^epsilon - 1 + 2 delta) / (e^epsilon + 1) (Kairouz, Oh & Viswanath 2015, theorem 2.1 at
 * its widest point; Humphries et al. 2023).
 */
export function advantageLimit(epsilon: number, delta: number): number {
  const shrunk = Math.exp(-epsilon);
  return Math.min(1, (1 - shrunk + 2 * delta * shrunk) / (1 + shrunk));
}
