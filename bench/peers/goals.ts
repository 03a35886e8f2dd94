import type { Figure } from "../figure.ts";
import type { Run } from "./results.ts";
import { rivals, type Rule } from "./roster.ts";
import { designsOf, markdown, measured, share, type Measure, type Summary } from "./summary.ts";

type Answer = "yes" | "within noise" | "no" | "";

/** Whether `ours` is at most `theirs`; within noise when the difference is under two standard errors of it. */
function atMost(ours: Summary | undefined, theirs: Summary | undefined): Answer {
  if (ours === undefined || theirs === undefined) return "";
  if (ours.mean <= theirs.mean) return "yes";
  const noise = Math.hypot(ours.error || theirs.error || 0, theirs.error || ours.error || 0);
  return ours.mean - theirs.mean <= 2 * noise ? "within noise" : "no";
}

const negated = (summary: Summary | undefined): Summary | undefined =>
  summary && { ...summary, mean: -summary.mean };

interface Duel {
  readonly measure: Measure;
  readonly answer: Answer;
  readonly cell: string;
}

function duel(runs: readonly Run[], ours: string, peer: string, table: string, measure: Measure): Duel {
  const [a, b] = [ours, peer].map((design) => measured(runs, design, table, measure));
  const higher = measure === "tstr" || measure === "coverage";
  const answer = higher ? atMost(negated(a), negated(b)) : atMost(a, b);
  return { measure, answer, cell: answer === "" ? "" : `${share(a)} / ${share(b)} ${answer}` };
}

/** "leaks less": DCR share and MIA must be lower, fidelity and utility may be equal within noise. */
function passes(rule: Rule, duels: readonly Duel[]): string {
  if (duels.some(({ answer }) => answer === "")) return "";
  const strict: readonly Measure[] =
    rule === "better" ? ["c2st", "tstr"] : rule === "leaks less" ? ["dcr", "mia"] : [];
  const asked =
    rule === "leaks less" ? duels : duels.filter(({ measure }) => measure === "c2st" || measure === "tstr");
  const won = asked.every(
    ({ measure, answer }) => answer === "yes" || (answer === "within noise" && !strict.includes(measure)),
  );
  return won ? "pass" : "**miss**";
}

/** A design with settings (`vae:beta=1`) stands beside the peer of the design. */
function pairs(runs: readonly Run[]): { ours: string; peer: string; rule: Rule }[] {
  return designsOf(runs).flatMap((design) => {
    const rival = rivals.find(({ ours }) => ours === design.split(":")[0]);
    return rival === undefined ? [] : [{ ...rival, ours: design }];
  });
}

function duelTable(runs: readonly Run[], tables: readonly string[]): string {
  const measures = ["c2st", "tstr", "dcr", "mia"] as const;
  const rows = pairs(runs).flatMap(({ ours, peer, rule }) =>
    tables.flatMap((table) => {
      const duels = measures.map((measure) => duel(runs, ours, peer, table, measure));
      if (duels.every(({ answer }) => answer === "")) return [];
      return [
        [
          `${ours} ${rule} than ${peer}`.replace("as good than", "as good as"),
          table,
          ...duels.map(({ cell }) => cell),
          passes(rule, duels),
        ],
      ];
    }),
  );
  const head = ["asked", "table", "C2ST: ours / theirs", "TSTR", "DCR share", "MIA", ""];
  return rows.length === 0 ? "" : `Each design beside its peer:\n\n${markdown(head, rows)}`;
}

interface Target {
  readonly what: string;
  readonly value: number | undefined;
  readonly most?: number;
  readonly least?: number;
}

/** Noise of one mean: what may be missing before a goal counts as missed is nothing; the error stands beside it. */
const LARGE = 1000;

const mean = (values: readonly (number | undefined)[]): number | undefined =>
  values.length === 0 || values.includes(undefined)
    ? undefined
    : values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length;

/** What is asked of Auto, table by table and on average over small and large tables. */
function autoTargets(runs: readonly Run[], tables: readonly string[], auto: string): Target[] {
  const of = (table: string, measure: Measure, design = auto): number | undefined =>
    measured(runs, design, table, measure)?.mean;
  const rowsOf = (table: string): number => runs.find((run) => run.table === table)?.rows ?? 0;
  const here = tables.filter((table) => of(table, "c2st") !== undefined);
  const groups = [
    {
      name: "n >= 1,000",
      tables: here.filter((table) => rowsOf(table) >= LARGE),
      each: 0.57,
      all: 0.55,
      less: 0.005,
    },
    {
      name: "n < 1,000",
      tables: here.filter((table) => rowsOf(table) < LARGE),
      each: 0.61,
      all: 0.58,
      less: 0.03,
    },
  ];
  return groups.flatMap((group, small) => {
    const over = (measure: Measure, design = auto): number | undefined =>
      mean(group.tables.map((table) => of(table, measure, design)));
    const each = group.tables.flatMap((table): Target[] => {
      const bar = of(table, "tstr", "synthpop");
      const leaks: Target[] = [
        { what: `${table}: DCR share`, value: of(table, "dcr"), most: 0.53 },
        { what: `${table}: MIA`, value: of(table, "mia"), most: 0.53 },
      ];
      return [
        { what: `${table}: C2ST`, value: of(table, "c2st"), most: group.each },
        {
          what: `${table}: TSTR, synthpop's less ${group.less}`,
          value: of(table, "tstr"),
          ...(bar === undefined ? {} : { least: bar - group.less }),
        },
        { what: `${table}: coverage`, value: of(table, "coverage"), least: 0.95 },
        { what: `${table}: exact copies`, value: of(table, "copies"), most: of(table, "copiesHoldout") ?? 0 },
        ...(small ? [] : leaks),
      ];
    });
    if (each.length === 0) return [];
    const bar = over("tstr", "synthpop");
    const means: Target[] = [
      { what: `${group.name}, mean: C2ST`, value: over("c2st"), most: group.all },
      ...(small
        ? [
            {
              what: `${group.name}, mean: TSTR, synthpop's`,
              value: over("tstr"),
              ...(bar === undefined ? {} : { least: bar }),
            },
            { what: `${group.name}, mean: DCR share`, value: over("dcr"), most: 0.56 },
            { what: `${group.name}, mean: MIA`, value: over("mia"), most: 0.54 },
          ]
        : []),
    ];
    return [...each, ...means];
  });
}

/** Adult: Auto's whole program against CTGAN's, CPU seconds. */
function speed(runs: readonly Run[], auto: string): Target[] {
  const ours = measured(runs, auto, "adult", "cpu")?.mean;
  const theirs = measured(runs, "ctgan", "adult", "cpu")?.mean;
  if (ours === undefined) return [];
  const ratio =
    theirs === undefined
      ? []
      : [{ what: "adult: CTGAN's CPU seconds, times Auto's", value: theirs / ours, least: 10 }];
  return [{ what: "adult: CPU seconds", value: ours, most: 30 }, ...ratio];
}

const targetsOf = (runs: readonly Run[], tables: readonly string[]): Target[] => [
  ...autoTargets(runs, tables, "auto"),
  ...speed(runs, "auto"),
];

/** The duels, and Auto beside what is asked of it. */
export function goalTables(runs: readonly Run[], tables: readonly string[]): string[] {
  const rows = targetsOf(runs, tables).map(({ what, value, most, least }) => {
    const bar =
      most === undefined
        ? least === undefined
          ? ""
          : `at least ${least.toFixed(3)}`
        : `at most ${most.toFixed(3)}`;
    const hit = value !== undefined && value <= (most ?? Infinity) && value >= (least ?? -Infinity);
    return [what, value?.toFixed(3) ?? "", bar, bar === "" ? "" : hit ? "reached" : "**missed**"];
  });
  const auto =
    rows.length === 0 ? "" : `What is asked of Auto:\n\n${markdown(["what", "measured", "asked", ""], rows)}`;
  return [duelTable(runs, tables), auto].filter((text) => text !== "");
}

/** The same for the bench's own list. */
export const figuresOf = (runs: readonly Run[], tables: readonly string[]): Figure[] =>
  targetsOf(runs, tables).flatMap(({ what, value, most, least }) =>
    value === undefined
      ? []
      : [
          {
            what: `Auto, ${what}`,
            value,
            unit: "",
            goal: { ...(most === undefined ? {} : { most }), ...(least === undefined ? {} : { least }) },
          },
        ],
  );
