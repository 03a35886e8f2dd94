import { withholding } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { createRng } from "../../math/rng.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { patientsOf } from "../../metrics/measuring/patients.ts";
import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import { targetColumn, type Table } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { measureRows } from "../measuring/measure-rows.ts";
import { splitSource } from "../measuring/split-source.ts";
import { listIn, numberIn, wordIn } from "../running/settings.ts";
import { refusedStudy, type CellRow, type Study, type StudyCell, type StudyTools } from "../study.ts";
import { coarsening, withoutColumns } from "./coarse-columns.ts";
import { columnDivergences, columnImportance, firstRows } from "./column-importance.ts";
import { foundOf, type Told } from "./problem-columns-found.ts";

const USUAL = ["autoregressive"] as const;
const LEAST_COLUMNS = 4;
/** Columns taken where nobody said how many. */
const TAKEN = 3;

/** Which columns a classifier tells synthetic rows by, and what leaving them out or telling them coarsely changes. */
export const problemColumns: Study = {
  id: "problem-columns",
  name: "Problem columns",
  question: "Which columns give the synthetic rows away?",

  fields({ table }) {
    const learned = learnedTable(table);
    const columns = learned.columns.length;
    if (columns < LEAST_COLUMNS)
      throw new FaultError(
        refusedStudy(
          `The table has ${columns} ${columns === 1 ? "column" : "columns"} to learn, too few to rank; at least ${LEAST_COLUMNS} are needed.`,
          "Include more of its columns, or open another table.",
        ),
      );
    const most = columns - LEAST_COLUMNS + 2;
    return [
      methodsField(learned, USUAL),
      {
        type: "number",
        name: "taken",
        label: "Columns to treat",
        default: Math.min(TAKEN, Math.max(1, Math.floor((columns - 1) / 3))),
        min: 1,
        max: most,
        integer: true,
        reason: "Those that cost most; the target is never among them.",
      },
      {
        type: "choice",
        name: "treatment",
        label: "Treat them by",
        default: "drop",
        choices: [
          { value: "drop", label: "leaving them out" },
          { value: "coarsen", label: "telling them coarsely: numbers in five bands, rare levels together" },
        ],
        reason: "The method then learns again, and is measured as before.",
      },
      seedsField(),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const methods = listIn<string>(settings, "methods");
    const seeds = numberIn(settings, "seeds");
    const taken = numberIn(settings, "taken");
    const coarse = wordIn(settings, "treatment") === "coarsen";
    const target = targetColumn(train.schema);
    const names = columnNames(train);
    const free = names.filter((_, i) => i !== target);
    const controlled = free.length - taken >= taken;
    const task = predictionOf([train, holdout, train]);
    const cells = cellsOf(train, { methods, seeds, taken, controlled });
    const told: Told = {
      cells,
      methods,
      columns: names,
      free,
      taken,
      coarse,
      seeds,
      ...(!("reason" in task) && { target: { name: task.task.name, unit: task.task.unit } }),
    };
    const treated = (given: Table, columns: readonly string[]): Table =>
      coarse ? coarsening(train, columns)(given) : withoutColumns(given, columns);
    const first = foundBefore(train, holdout);

    /** The columns that cost most by the mean over all seeds: computed anew where their cells ran in another session. */
    async function worst(method: string, tools: StudyTools): Promise<string[]> {
      const drops = new Map<string, number>();
      for (let one = 1; one <= seeds; one++)
        for (const { measure, value, of } of await first(method, one, tools)) {
          const column = of?.["column"];
          if (measure === "drop" && typeof column === "string")
            drops.set(column, (drops.get(column) ?? 0) + value);
        }
      return free.toSorted((a, b) => (drops.get(b) ?? 0) - (drops.get(a) ?? 0)).slice(0, taken);
    }

    return {
      cells,
      settings: [
        { name: "Methods", words: methods.map(methodName).join(", ") },
        { name: "Columns", words: `${taken} ${coarse ? "told coarsely" : "left out"}` },
        { name: "Seeds", words: String(seeds) },
        { name: "Held out", words: `the same ${patientsOf(holdout)} patients throughout` },
      ],
      async run({ factors }: StudyCell, tools: StudyTools): Promise<readonly CellRow[]> {
        const [step, method, one] = [factors["step"], String(factors["method"]), Number(factors["seed"])];
        if (step === "all") return first(method, one, tools);
        const costly = await worst(method, tools);
        const dice = createRng(seed).fork(`other columns ${one}`);
        const others = free.filter((name) => !costly.includes(name));
        const columns =
          step === "costly"
            ? costly
            : Array.from(dice.choose(others.length, taken), (at) => others[at] ?? "").filter(Boolean);
        const [own, held] = [treated(train, columns), treated(holdout, columns)];
        const { synthetic } = await fitAndSample({ train: own, method, seed: one }, tools);
        const rows = await measureRows(
          { train: own, holdout: held, synthetic },
          ["c2st", "tstr"],
          one,
          tools.pulse,
        );
        return [
          ...rows,
          ...columns.map((column, at) => ({ measure: "treated", value: at + 1, of: { column } })),
        ];
      },
      reduce: (done) => foundOf(told, done),
    };
  },
};

/** What is measured with all columns, each method and seed once: the ranking of the columns needs all seeds. */
function foundBefore(train: Table, holdout: Table) {
  const known = new Map<string, readonly CellRow[]>();
  return async (method: string, seed: number, tools: StudyTools): Promise<readonly CellRow[]> => {
    const key = `${method}/${seed}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { synthetic } = await fitAndSample({ train, method, seed }, tools);
    const { apply } = withholding(train);
    const held = apply(holdout);
    const made = method === REAL ? apply(synthetic) : synthetic;
    const compared = method === REAL ? held : firstRows(made, held.rows);
    const rows = [
      ...(await measureRows({ train, holdout, synthetic }, ["c2st", "tstr"], seed, tools.pulse)),
      ...(await columnImportance({ holdout: held, synthetic: made }, seed, tools.pulse)),
      ...columnDivergences(apply(train), compared),
    ];
    known.set(key, rows);
    return rows;
  };
}

interface Asked {
  readonly methods: readonly string[];
  readonly seeds: number;
  readonly taken: number;
  /** whether as many other columns are treated as well */
  readonly controlled: boolean;
}

function cellsOf(train: Table, { methods, seeds, taken, controlled }: Asked): StudyCell[] {
  const columns = train.columns.length;
  const name = (method: string): string => (method === REAL ? "real rows" : methodName(method));
  const cell = (step: "all" | "costly" | "others", method: string, seed: number): StudyCell => {
    const width = step === "all" ? columns : columns - taken;
    const measured = (step === "all" ? 2 : 1) * measureEffort(train.rows, width);
    const what = {
      all: "all columns",
      costly: "without those that cost most",
      others: "without as many others",
    };
    return {
      key: `${step}/${method}/${seed}`,
      factors: { step, method, seed },
      words: `${what[step]}, ${name(method)}, seed ${seed}`,
      effort: measured + (method === REAL ? 0 : fitEffort(method, train, train.rows, width)),
    };
  };
  const each = Array.from({ length: seeds }, (_, i) => i + 1);
  return [
    ...each.flatMap((seed) =>
      [...new Set([REAL, INDEPENDENT, ...methods])].map((method) => cell("all", method, seed)),
    ),
    ...each.flatMap((seed) =>
      methods.flatMap((method) => [
        cell("costly", method, seed),
        ...(controlled ? [cell("others", method, seed)] : []),
      ]),
    ),
  ];
}
