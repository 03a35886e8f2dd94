import type { Run } from "./results.ts";
import { peers } from "./roster.ts";
import {
  designsOf,
  judgedRuns,
  markdown,
  measured,
  seconds,
  share,
  summarise,
  type Measure,
} from "./summary.ts";

const isPeer = (design: string): boolean => peers.some(({ id }) => id === design);
const nameOf = (design: string): string => peers.find(({ id }) => id === design)?.name ?? `**${design}**`;

/** Ours first, then the peers in the roster's order. */
export const orderedDesigns = (runs: readonly Run[]): string[] =>
  designsOf(runs).toSorted((a, b) => Number(isPeer(a)) - Number(isPeer(b)));

/** Table x design: what the judge says of the rows, means with standard errors over seeds, and CPU seconds. */
export function mainTable(runs: readonly Run[], tables: readonly string[]): string {
  const head = [
    "table (n)",
    "design",
    "seeds",
    "C2ST vs test",
    "TSTR",
    "TRTR",
    "coverage",
    "DCR share",
    "MIA",
  ];
  const more = ["copies (holdout)", "quality", "CPU s, all", "of it fit"];
  const rows = tables.flatMap((table) =>
    orderedDesigns(runs).flatMap((design) => {
      const here = runs.filter((run) => run.design === design && run.table === table);
      if (here.length === 0) return [];
      const label = `${table} (${here[0]?.rows})`;
      const judged = judgedRuns(runs, design, table);
      if (judged.length === 0) return [[label, nameOf(design), "0", `failed: ${here[0]?.failed}`]];
      const of = (measure: Measure) => measured(runs, design, table, measure);
      const fixed = (measure: Measure) => share({ mean: of(measure)?.mean ?? NaN, error: NaN, seeds: 1 });
      const copies = `${share(of("copies"))} (${fixed("copiesHoldout")})`;
      const shares = (["c2st", "tstr", "trtr", "coverage", "dcr", "mia"] as const).map((name) =>
        share(of(name)),
      );
      const times = [seconds(of("cpu")), seconds(of("fit"))];
      return [[label, nameOf(design), `${judged.length}`, ...shares, copies, share(of("quality")), ...times]];
    }),
  );
  const full = [...head, ...more];
  return `${markdown(
    full,
    rows.map((row) => [...row, ...full.slice(row.length).map(() => "")]),
  )}\n\n${ownTable(runs, tables)}`;
}

const ownMeasures = ["column-shapes", "pair-trends", "c2st", "tstr", "dcr-share", "exact-copies"];

/** The same by the project's own evaluation, for the seeds that it measured. */
function ownTable(runs: readonly Run[], tables: readonly string[]): string {
  const rows = tables.flatMap((table) =>
    orderedDesigns(runs).flatMap((design) => {
      const owns = judgedRuns(runs, design, table).flatMap(({ own }) => (own === undefined ? [] : [own]));
      if (owns.length === 0) return [];
      const cells = ownMeasures.map((name) => {
        const values = owns.flatMap((own) => (own[name] === undefined ? [] : [own[name]]));
        return values.length === 0 ? "" : share(summarise(values));
      });
      return [[table, nameOf(design), `${owns.length}`, ...cells]];
    }),
  );
  if (rows.length === 0) return "";
  return `The project's own evaluation of the same rows:\n\n${markdown(["table", "design", "seeds", ...ownMeasures], rows)}`;
}
