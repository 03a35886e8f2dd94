import { expect, test } from "vitest";
import type { CellDone, CellRow, StudyCell } from "../study.ts";
import { foundOf } from "./found.ts";
import type { Told } from "./read-cells.ts";

const SEEDS = [1, 2, 3];
const METHODS = ["copula", "independent", "real"];
const cells: StudyCell[] = SEEDS.flatMap((seed) =>
  METHODS.map((method) => ({
    key: `${method}/${seed}`,
    factors: { method, seed },
    words: "",
    effort: 1,
  })),
);
const told: Told = {
  cells,
  shares: [0, 0.5, 1],
  added: [1],
  methods: ["copula"],
  target: "died",
  unit: "AUROC",
  rows: 700,
  heldOut: 300,
  subgroups: {
    groups: [
      { name: "site: A", patients: 650, small: false },
      { name: "site: B", patients: 50, small: true },
    ],
    how: ["Small subgroups have fewer than a tenth of the patients (70): site: B."],
  },
  ablation: { steps: ["copula"] },
};

/** Draws around a value that differ alike in all rows, so that differences have none of it. */
const row = (value: number, of: CellRow["of"] & object, seed: number, measure = "real"): CellRow => ({
  measure,
  value: value + 0.0001 * seed,
  draws: [-0.02, -0.01, 0, 0.01, 0.02].map((by) => value + by),
  of: { who: "all", ...of },
  n: 300,
});

interface Planted {
  /** by share, of all, small and large */
  readonly all: readonly [number, number, number];
  readonly small: readonly [number, number, number];
  readonly synthetic?: number;
  readonly added?: number;
  readonly quality?: number;
  readonly diversity?: number;
}

function planted({
  all,
  small,
  synthetic = 0.9,
  added = 0.9,
  quality = 0.7,
  diversity = 0.8,
}: Planted): CellDone[] {
  return cells.map(({ key, factors }) => {
    const seed = Number(factors["seed"]);
    const of = (series: string, at: number, who = "all") => ({ series, at, who });
    const rows =
      factors["method"] === "real"
        ? [
            row(0.5, of("share", 0), seed, "c2st"),
            row(0.97, of("share", 0), seed, "coverage"),
            row(0.85, of("alone", 0.5), seed),
          ]
        : factors["method"] === "independent"
          ? [0, 0.5, 1].map((at) => row([0.9, 0.8, 0.5][2 * at] as number, of("share", at), seed))
          : [
              ...[0, 0.5, 1].flatMap((at, i) => [
                row(all[i] as number, of("share", at), seed),
                row(small[i] as number, of("share", at, "small"), seed),
                row(all[i] as number, of("share", at, "large"), seed),
                row(synthetic, of("share", at), seed, "synthetic"),
              ]),
              row(added, of("added", 1), seed),
              row(0.6, of("share", 1), seed, "c2st"),
              row(0.9, of("share", 1), seed, "coverage"),
              row(quality + 0.004 * (seed - 2), of("quality", 50), seed),
              row(0.8, of("quality", 50), 0, "c2st"),
              row(diversity, of("diversity", 0.25), seed),
              row(0.7, of("diversity", 0.25), 0, "c2st"),
            ];
    return { key, rows, seconds: 1 };
  });
}

const more = (of: Planted): string => (foundOf(told, planted(of)).more ?? []).join("\n");

test("up to which share nothing is lost, with what is lost there", () => {
  const found = foundOf(told, planted({ all: [0.9, 0.9, 0.85], small: [0.9, 0.8, 0.7] }));
  expect(found.say).toEqual({
    bold: "Up to a share of 50% synthetic rows of Gaussian copula, a model of died loses nothing beyond noise on real patients; at 100% it does.",
    rest: "Loss in AUROC at 100%: 0.050 (95% interval 0.050 to 0.050). Real rows alone reach 0.900 (0.869 to 0.931).",
  });
  expect(foundOf(told, planted({ all: [0.9, 0.88, 0.85], small: [0.9, 0.9, 0.9] })).say.bold).toBe(
    "At a share of 50% synthetic rows of Gaussian copula, the smallest tried, a model of died already loses beyond noise on real patients.",
  );
});

test("for whom it is lost first, which only the difference of the losses says", () => {
  expect(more({ all: [0.9, 0.9, 0.85], small: [0.9, 0.8, 0.7] })).toContain(
    "Patients in small subgroups lose first: at a share of 50% patients in small subgroups lose 0.100 (95% interval 0.100 to 0.100) and those in large ones 0.000 (0.000 to 0.000), a difference of 0.100 (0.100 to 0.100).",
  );
  expect(more({ all: [0.9, 0.9, 0.9], small: [0.9, 0.9, 0.9] })).toContain(
    "Neither small nor large subgroups lose beyond noise at any share",
  );
  const noisy = planted({ all: [0.9, 0.88, 0.85], small: [0.9, 0.88, 0.85] }).map((one) => ({
    ...one,
    rows: one.rows.map((row) =>
      row.of?.["who"] === "small" && Number(row.of["at"]) > 0
        ? { ...row, value: row.value + (one.key === "copula/1" ? 0.05 : -0.025) }
        : row,
    ),
  }));
  expect(foundOf(told, noisy).more?.[0]).toMatch(
    /^Nobody can be said to lose first: at a share of 50% .* which is within noise\.$/,
  );
});

test("what synthetic tests, real rows of the mix alone and added rows say", () => {
  const said = more({ all: [0.9, 0.9, 0.85], small: [0.9, 0.9, 0.9], synthetic: 0.95, added: 0.92 });
  expect(said).toContain(
    "Held-out synthetic rows flatter a model of synthetic rows alone: they say 0.950 where real ones say 0.850 AUROC",
  );
  expect(said).toContain(
    "At a share of 50% the synthetic rows help the real ones beside them: the 50% of real rows reach AUROC 0.850 by themselves and 0.900 in the mix, a difference of 0.050",
  );
  expect(said).toContain(
    "Synthetic rows added to all real ones help beyond noise: AUROC changes by 0.020 (95% interval 0.020 to 0.020) with 1 for each real one.",
  );
});

test("which of quality, diversity and proportion moves the result most", () => {
  const base: Planted = { all: [0.9, 0.9, 0.85], small: [0.9, 0.9, 0.9] };
  expect(more(base)).toContain(
    "Of the three, quality moves the result most: AUROC changes by quality (stopped after 50 steps, quality 40%) −0.150 (95% interval −0.160 to −0.140), diversity (the 25% nearest the centre, quality 60%) −0.050 (−0.050 to −0.050), proportion (all rows synthetic instead of none) −0.050 (−0.050 to −0.050).",
  );
  expect(more({ ...base, quality: 0.8 })).toContain(
    "move the result most, and which of them more is within noise",
  );
  const flat: Planted = { all: [0.9, 0.9, 0.9], small: [0.9, 0.9, 0.9], quality: 0.9, diversity: 0.9 };
  expect(more(flat)).toContain(
    "Neither quality, nor diversity, nor proportion moves the result beyond noise",
  );
});

test("five factors, each a figure, and what is not on record", () => {
  const done = planted({ all: [0.9, 0.9, 0.85], small: [0.9, 0.8, 0.7] });
  const { tables, notes } = foundOf(told, done);
  const trust = tables.find(({ title }) => title.startsWith("Five things"));
  const values = trust?.rows[0]?.cells.map((cell) =>
    typeof cell === "object" ? Number(cell.value.toFixed(3)) : cell,
  );
  expect(values).toEqual([0.8, 0.9, 0.5, 0.15, 1]);
  expect(notes?.join(" ")).toContain("Transparency: 10 of 10 facts");
  const fewer = foundOf(
    told,
    done.filter(({ key }) => !key.startsWith("real") && !key.endsWith("3")),
  );
  expect(fewer.notes?.join(" ")).toContain("Missing: at least three seeds; real rows measured alike.");
});

test("losses pair by seed: a seed that one share lacks does not count for it", () => {
  const done = planted({ all: [0.9, 0.9, 0.85], small: [0.9, 0.9, 0.9] }).map((one) =>
    one.key === "copula/2" ? { ...one, rows: one.rows.filter(({ of }) => of?.["at"] !== 0) } : one,
  );
  const loss = foundOf(told, done).tables[0]?.rows[0]?.cells[3];
  expect(loss).toMatchObject({ value: expect.closeTo(0.05, 9) as number });
});
