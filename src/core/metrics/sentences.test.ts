import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import type { Column, Table } from "../table/table.ts";
import { takeRows } from "../table/table.ts";
import { tableOf } from "./fixtures/table-of.ts";
import type { Cells } from "./fixtures/table-of.ts";
import { count, percentage } from "./measuring/verdict.ts";
import type { Measurement, Metric, Tables } from "./metric.ts";
import { metrics } from "./registry.ts";

type Measured = Extract<Measurement, { status: "ok" }>;

/** Patients whose columns hang together, with what every metric asks for. */
function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const severity = rng.normal();
    const age = Math.round(65 + 10 * rng.normal() + 4 * severity);
    const diabetes = rng.uniform() < 0.3;
    const sbp = Math.round(125 - 12 * severity + 8 * rng.normal());
    return {
      age,
      sbp: rng.uniform() < 0.1 ? null : sbp,
      dbp: Math.round(0.6 * sbp + 3 * rng.normal()),
      bnp: Math.exp(5 + severity + 0.3 * rng.normal()),
      nyha: ["I", "II", "III", "IV"][Math.max(0, Math.min(3, Math.round(1.2 + severity)))] as string,
      ward: ["A", "B", "C"][rng.weighted([60, 38.2, 1.8])] as string,
      diabetes: diabetes ? "yes" : "no",
      ckd: rng.uniform() < (diabetes ? 0.5 : 0.2) ? "yes" : "no",
      sex: rng.uniform() < 0.4 ? "F" : "M",
      followed: Math.ceil((-400 * Math.log(1 - rng.uniform())) / Math.exp(0.5 * severity)),
      died: rng.uniform() < 1 / (1 + Math.exp(2 - 2 * severity - 0.05 * (age - 65))) ? "yes" : "no",
    };
  });
  const pick = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
  return tableOf({
    age: { kind: "integer", role: "sensitive", cells: pick("age") },
    sbp: { kind: "integer", cells: pick("sbp") },
    dbp: { kind: "integer", cells: pick("dbp") },
    bnp: { kind: "decimal", cells: pick("bnp") },
    nyha: { kind: "category", cells: pick("nyha") },
    ward: { kind: "category", cells: pick("ward") },
    diabetes: { kind: "boolean", cells: pick("diabetes") },
    ckd: { kind: "boolean", cells: pick("ckd") },
    sex: { kind: "category", role: "sensitive", cells: pick("sex") },
    followed: { kind: "integer", survival: "time", cells: pick("followed") },
    died: { kind: "boolean", role: "target", survival: "event", cells: pick("died") },
  });
}

function withCells(table: Table, given: Readonly<Record<string, Cells["cells"]>>): Table {
  return Object.entries(given).reduce((own, [name, cells]) => {
    const at = own.schema.columns.findIndex((column) => column.name === name);
    const kind = own.schema.columns[at]?.kind ?? "category";
    const made = tableOf({ [name]: { kind, cells } }).columns[0] as Column;
    return { ...own, columns: own.columns.with(at, made) };
  }, table);
}
const fill = <T>(table: Table, value: T): T[] => Array<T>(table.rows).fill(value);

/** Every column shuffled by itself, and several of them wrong. */
function broken(table: Table): Table {
  const rng = createRng(8);
  const columns = table.columns.map(
    (_, i) => takeRows(table, rng.permutation(table.rows)).columns[i] as Column,
  );
  const shuffled = { ...table, columns };
  return withCells(shuffled, {
    sbp: fill(table, 60).map((sbp) => (rng.uniform() < 0.6 ? null : sbp + rng.integer(10))),
    bnp: fill(table, 0).map(() => 1000 + 10 * rng.normal()),
    ward: fill(table, "B"),
    sex: fill(table, "M").map((sex) => (rng.uniform() < 0.1 ? "F" : sex)),
  });
}

/** Who has a high bnp dies, but for one in twenty. */
function decided(table: Table, error = 0.05): Table {
  const rng = createRng(table.rows);
  const bnp = table.columns[3];
  if (bnp?.type !== "numeric") throw new Error("bnp");
  const died = Array.from(bnp.values, (value) => value > 250 !== rng.uniform() < error);
  return withCells(table, { died: died.map((is) => (is ? "yes" : "no")) });
}

const [train, holdout, fresh] = [patients(420, 1), patients(220, 2), patients(420, 3)];
const scenarios = {
  fresh: { train, holdout, synthetic: fresh },
  broken: { train, holdout, synthetic: broken(fresh) },
  /** the training rows themselves */
  copied: { train, holdout, synthetic: train },
  /** nobody dies, so that a model of it is constant */
  constant: { train, holdout, synthetic: withCells(fresh, { died: fill(fresh, "no") }) },
  decided: { train: decided(train), holdout: decided(holdout), synthetic: decided(fresh) },
  /** the living are called dead in the synthetic table */
  turned: { train: decided(train, 0.4), holdout: decided(holdout), synthetic: decided(fresh, 1) },
  /** half of the real patients' outcome is chance, the synthetic ones' is not */
  clearer: { train: decided(train, 0.4), holdout: decided(holdout), synthetic: decided(fresh, 0) },
} satisfies Record<string, Tables>;
type Scenario = keyof typeof scenarios;

/** A claim that a sentence makes in those scenarios in which it is a fact, and in no other. */
interface Claim {
  readonly claim: RegExp;
  readonly fact: (result: Measured, scenario: Scenario) => boolean;
}
/** What a sentence must hold in every scenario, as its result has it. */
type Figure = (result: Measured) => string;

const share: Figure = ({ value }) => percentage(value);
const three: Figure = ({ value }) => value.toFixed(3);
const two: Figure = ({ value }) => value.toFixed(2);
const points: Figure = ({ value }) => `up to ${(100 * value).toFixed(1)}`;
const furthest: Claim = {
  claim: / Furthest off: /,
  fact: ({ detail }) => detail?.type === "per-column" && detail.columns[0]?.verdict !== "good",
};
const only =
  (...where: Scenario[]) =>
  (_: Measured, scenario: Scenario): boolean =>
    where.includes(scenario);
const except =
  (...where: Scenario[]) =>
  (_: Measured, scenario: Scenario): boolean =>
    !where.includes(scenario);
const groupsOf = ({ detail }: Measured) => (detail?.type === "groups" ? detail.groups : []);
const agreeing = ({ detail }: Measured): number[] =>
  detail?.type === "coefficients"
    ? detail.models.flatMap(({ rows }) => rows.map(({ overlap }) => overlap))
    : [];

const told: Readonly<Record<string, { figures?: Figure[]; claims?: Claim[] }>> = {
  "column-shapes": { figures: [share], claims: [furthest] },
  "pair-trends": { figures: [share], claims: [furthest] },
  wasserstein: { figures: [three], claims: [furthest] },
  "jensen-shannon": { figures: [three], claims: [furthest] },
  "kl-divergence": { figures: [three], claims: [furthest] },
  missingness: { figures: [share], claims: [furthest] },
  coverage: { figures: [share] },
  "alpha-precision": { figures: [share] },
  c2st: { figures: [share] },
  "c2st-logistic": { figures: [share] },
  "c2st-relations": {
    figures: [share],
    claims: [
      {
        claim: /It relies most on \S+ and \S+: /,
        fact: (r) => r.loss.interval.low > 0 && r.detail?.type === "figures" && r.detail.rows.length > 2,
      },
      {
        claim: /It goes by single columns more than by any difference/,
        fact: (r) => r.loss.interval.low > 0 && r.detail?.type === "figures" && r.detail.rows.length === 2,
      },
    ],
  },
  "membership-by-group": { figures: [share] },
  nnaa: { figures: [three] },
  "epsilon-identifiability": { figures: [share] },
  "rep-u": { figures: [share] },
  disco: { figures: [share] },
  "identity-disclosure": { figures: [share] },
  propensity: { figures: [(r) => `is ${ratioIn(r)?.toFixed(1)} times what`] },
  tstr: {
    figures: [three],
    claims: [
      { claim: /does as well on real held-out rows/, fact: (r) => r.baseline.value - r.value <= 0.0005 },
      { claim: /loses 0\.\d{3} AUROC/, fact: (r) => r.baseline.value - r.value > 0.0005 },
    ],
  },
  "train-test-matrix": {
    claims: [
      { claim: /so synthetic patients are harder to predict than real ones/, fact: only("broken") },
      {
        claim: /so what speaks for died in real patients speaks against it in synthetic ones/,
        fact: only("turned"),
      },
      {
        claim: /so synthetic patients are easier to predict than real ones/,
        fact: only("copied"),
      },
    ],
  },
  "predictor-ranking": {
    figures: [two],
    claims: [
      { claim: /synthetic rows choose none, as all score best alike/, fact: only("constant") },
      { claim: /which is the best choice/, fact: (r) => chosen(r)?.cost === 0 },
      { claim: /short of the best choice/, fact: (r) => (chosen(r)?.cost ?? 0) > 0 },
    ],
  },
  calibration: { figures: [share] },
  "feature-importance": {
    figures: [two],
    claims: [
      { claim: /both use \S+ most/, fact: (r) => mostUsed(r, "synthetic") === mostUsed(r, "baseline") },
      {
        claim: /the one of real rows uses \S+ most, the one of synthetic rows \S+\./,
        fact: (r) => ![undefined, mostUsed(r, "baseline")].includes(mostUsed(r, "synthetic")),
      },
      { claim: /the one of synthetic rows gains by no column/, fact: only("constant") },
    ],
  },
  "analysis-replication": {
    claims: [
      {
        claim: /(\b\d+) of \1 coefficients lead to the same conclusion/,
        fact: (r) => agreeing(r).length > 0 && agreeing(r).every((overlap) => overlap > 0.999),
      },
    ],
  },
  "survival-curves": { figures: [share] },
  "survival-model": {
    figures: [three],
    claims: [{ claim: /in no coefficient from synthetic rows/, fact: (r) => changing(r) === 0 }],
  },
  augmentation: {
    claims: [
      { claim: / raise AUROC on /, fact: ({ interval }) => interval.low > 0 },
      { claim: / lower AUROC on /, fact: ({ interval }) => interval.high < 0 },
      {
        claim: /bring no clear gain or loss/,
        fact: ({ interval }) => interval.low <= 0 && interval.high >= 0,
      },
    ],
  },
  "dcr-share": { figures: [share] },
  "exact-copies": { figures: [({ value }) => percentage(value, 2)] },
  nndr: { figures: [two] },
  "k-anonymity": { figures: [share] },
  "rare-combinations": { figures: [share] },
  "outlier-exposure": { figures: [({ value }) => percentage(value, 0)] },
  "group-shares": {
    claims: [
      { claim: /times as frequent as they should be/, fact: ({ value }) => value < 1 },
      { claim: /Every group has its share within chance/, fact: ({ value }) => value === 1 },
    ],
  },
  "group-fidelity": {
    claims: [
      { claim: /reproduced worse than everybody else/, fact: (r) => groupsOf(r)[0]?.verdict !== "good" },
      { claim: /reproduced as well as chance allows/, fact: ({ value }) => value === 1 },
    ],
  },
  "group-utility": {
    figures: [three],
    claims: [{ claim: /loses in no group;/, fact: (r) => r.value >= r.baseline.value }],
  },
  "demographic-parity": { figures: [points] },
  "equalised-odds": { figures: [points] },
  "group-calibration": { figures: [points] },
  "plausibility-rules": {
    claims: [
      { claim: /^No synthetic row breaks/, fact: ({ value }) => value === 0 },
      { claim: /^\d+\.\d\d% of synthetic rows break/, fact: ({ value }) => value > 0 },
      { claim: /Broken most beyond the real rows: /, fact: only("broken") },
    ],
  },
  "reference-ranges": { figures: [share] },
  tails: {
    claims: [
      {
        claim: /none holds too few or too many values beyond chance/,
        fact: except("broken"),
      },
    ],
  },
  "rare-categories": {
    figures: [share],
    claims: [{ claim: /The one rare category comes back/, fact: except("broken") }],
  },
  "comorbidity-lift": { figures: [share] },
};

/** What the choice of synthetic rows costs; undefined where several models score best alike. */
function chosen({ detail }: Measured): { cost: number } | undefined {
  const rows = detail?.type === "models" ? detail.rows : [];
  const best = Math.max(...rows.map(({ synthetic }) => synthetic));
  const [one, another] = rows.filter(({ synthetic }) => synthetic === best);
  return one && !another ? { cost: Math.max(...rows.map(({ real }) => real)) - one.real } : undefined;
}

/** The column without which a model loses most; undefined where it loses by none. */
function mostUsed({ detail }: Measured, of: "synthetic" | "baseline"): string | undefined {
  const rows = detail?.type === "figures" ? detail.rows : [];
  const best = Math.max(...rows.map((row) => row[of]?.value ?? NaN));
  return best > 0 ? rows.find((row) => row[of]?.value === best)?.name : undefined;
}

const ratioIn = ({ detail }: Measured): number | undefined =>
  detail?.type === "figures" ? detail.rows[1]?.synthetic.value : undefined;

function changing({ detail }: Measured): number {
  const row = detail?.type === "figures" ? detail.rows.find(({ unit }) => unit === "count") : undefined;
  return row?.synthetic.value ?? NaN;
}

/** What attacks find, and near copies, is worded and tested with the attacks. */
const ATTACKS = ["near-copies", "membership-distance", "membership-domias", "membership-classifier"];

/** The worst of many looks, named with its counts: in the tests beside each. */
const LOOKS = [
  "level-coverage",
  "moments",
  "cross-prediction",
  "outcome-association",
  "cross-calibration",
  "kept-rules",
  "orders-and-ties",
  "unseen-pairs",
];

const named = (id: string): Metric => metrics.find((metric) => metric.id === id) as Metric;
const kept = new Map<string, Promise<Measurement>>();
function measured(id: string, scenario: Scenario): Promise<Measurement> {
  const key = `${id} ${scenario}`;
  const found = kept.get(key) ?? named(id).compute(scenarios[scenario], createRng(1));
  kept.set(key, found);
  return found;
}

/** The scenarios in which a metric has something to say; all but one at least. */
async function everywhere(id: string): Promise<(readonly [Scenario, Measured])[]> {
  const all: (readonly [Scenario, Measured])[] = [];
  for (const name of Object.keys(scenarios) as Scenario[]) {
    const result = await measured(id, name);
    if (result.status === "ok") all.push([name, result]);
    else expect(result.reason).toMatch(/^[A-Z0-9“].*\.$/);
  }
  expect(all.length).toBeGreaterThanOrEqual(3);
  return all;
}

/** What no sentence may hold, whatever it is about. */
const UNSOUND =
  /NaN|undefined|Infinity|null|\(\)|\s[.,;]|[:,;]\.|\b(of|by|to|use|lacks|than|and|or) *\.|\b1 (rows|columns|cells|patients|values|groups|pairs|models|coefficients)\b|  /;

describe("sentences of metrics", () => {
  it("has every metric's, or says where it is told", () => {
    const attacks = metrics.flatMap(({ id, attack }) => (attack ? [id] : []));
    // those of patients over time: in `sentences-over-time.test.ts`
    const ofRows = metrics.filter(({ about }) => about === undefined);
    expect([...Object.keys(told), ...ATTACKS, ...LOOKS, ...attacks].toSorted()).toEqual(
      ofRows.map(({ id }) => id).toSorted(),
    );
  });

  for (const [id, { figures = [], claims = [] }] of Object.entries(told)) {
    it(`${id}: holds its figures, and is sound`, async () => {
      const results = await everywhere(id);
      for (const [scenario, result] of results) {
        for (const figure of figures) expect(result.sentence, scenario).toContain(figure(result));
        for (const text of [result.sentence, result.note ?? ""]) expect(text, scenario).not.toMatch(UNSOUND);
        expect(result.sentence).toMatch(/^[A-Z0-9“].*\.$/);
      }
      for (const figure of figures)
        expect(new Set(results.map(([, result]) => figure(result))).size).toBeGreaterThan(1);
    }, 60_000);

    for (const { claim, fact } of claims) {
      it(`${id}: says “${claim.source}” where it is so, and nowhere else`, async () => {
        const results = await everywhere(id);
        const facts = results.map(([scenario, result]) => fact(result, scenario));
        expect(new Set(facts), "true somewhere, and false somewhere").toEqual(new Set([true, false]));
        for (const [scenario, result] of results) {
          expect(claim.test(result.sentence), `${scenario}: ${result.sentence}`).toBe(fact(result, scenario));
        }
      }, 60_000);
    }
  }

  it("counts are written with their thousands", () => expect(count(12_345)).toBe("12,345"));
});
