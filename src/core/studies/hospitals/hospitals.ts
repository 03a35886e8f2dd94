import { describeFault, FaultError } from "../../fault.ts";
import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import { namesPlace } from "../../table/column-names.ts";
import { targetColumn, type Table } from "../../table/table.ts";
import { fitEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { listIn, numberIn, wordIn } from "../running/settings.ts";
import { refusedStudy, type Study, type StudyCell, type StudySettings, type StudySource } from "../study.ts";
import { ALL_OTHERS, ALONE, foundOf } from "./found.ts";
import { LEAST_AT_SITE, MOST_SITES, noSites, siteColumns, sitesOf, type SiteTable } from "./site-columns.ts";
import { travel } from "./travel.ts";
import { twoTables } from "./two-tables.ts";

/** The value of the field “site” that makes a site of each of two tables. */
const TABLES = "(two tables)";
/** Seconds of METHODS.md's machine that a grid is to take where nobody chose. */
const SECONDS = 300;
/** Learning to predict and being tested at every site: the rows learned from and all that are tested on, by columns (adult: 0.2 s of 5,000 rows by 15). */
const SECONDS_A_CELL = 3e-6;
/** Beyond this a quicker method is taken. */
const MOST_SECONDS = 600;
const LEAST_SEEDS = 3;
const USUAL_ROWS = 1000;
const USUAL_SITES = 5;

/** A model of the target that learned at one site, from real or synthetic rows, tested at every other. */
export const hospitals: Study = {
  id: "hospitals",
  name: "Hospitals",
  question: "Does a model travel to another hospital?",

  fields(source) {
    const { table, second } = source;
    requireTarget(table);
    const columns = siteColumns(table);
    const [first] = columns;
    const apart = second && refusalOf(() => twoTables(table, second));
    if (apart && first === undefined) throw apart;
    const both = second !== undefined && apart === undefined;
    const site = both ? TABLES : first?.name;
    if (site === undefined) throw new FaultError(oneSite(table));
    const usual = usualGrid(source, site);
    return [
      {
        type: "choice",
        name: "site",
        label: "Column that names the site",
        default: site,
        choices: [
          ...(both ? [{ value: TABLES, label: `${table.name} against ${second.name}` }] : []),
          ...columns.map(({ name, sites: own, small, named }) => ({
            value: name,
            label: `${name} (${own.length} ${named ? "sites" : "levels"}${small > 0 ? `, ${small} too small` : ""})`,
          })),
        ],
        unfit: noSites(table),
        reason: both
          ? "Each of the two tables is a site."
          : apart !== undefined
            ? `${second?.name ?? ""} is not taken as a site. ${reasonOf(apart)}`
            : first?.named === true
              ? "Columns with at least two levels of enough patients, those named like a place first."
              : "No column is named like a place; choose the one that tells hospitals apart, if there is one.",
      },
      {
        type: "number",
        name: "sites",
        label: "Sites at most",
        default: USUAL_SITES,
        min: 2,
        max: MOST_SITES,
        integer: true,
        reason: "The largest ones; runs grow with their number.",
      },
      {
        type: "number",
        name: "rows",
        label: "Rows a model learns from, at most",
        default: USUAL_ROWS,
        min: 100,
        max: 3000,
        integer: true,
        reason: "The same for every site, so that a large one does not win by its size alone.",
      },
      methodsField(table, [usual.method]),
      seedsField(usual.seeds),
    ];
  },

  open(source, settings, seed) {
    const methods = listIn<string>(settings, "methods");
    const seeds = numberIn(settings, "seeds");
    const most = numberIn(settings, "rows");
    const sited = sitesIn(source, wordIn(settings, "site"), numberIn(settings, "sites"));
    const { table, sites, notes } = sited;
    const { target, unit } = requireTarget(table);
    const all = [...new Set([REAL, INDEPENDENT, ...methods])];
    const cells = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((one) =>
      all.flatMap((method) => cellsOf(sited, method, one, most)),
    );
    const shown = methods.filter((method) => method !== INDEPENDENT);
    const told = { cells, sites, methods: shown, target, unit, notes };
    return {
      cells,
      settings: [
        { name: "Site", words: siteWords(settings, source) },
        { name: "Sites", words: sites.map(({ name, rows }) => `${name} (${rows})`).join(", ") },
        { name: "Predicted", words: target },
        { name: "Learned from", words: `at most ${most.toLocaleString("en-US")} rows a model` },
        { name: "Methods", words: methods.map(methodName).join(", ") },
        { name: "Seeds", words: String(seeds) },
      ],
      run({ factors }, tools) {
        const here = sites.findIndex(({ name }) => name === factors["site"]);
        const everywhere = sites.map((_, i) => i);
        const others = everywhere.filter((i) => i !== here);
        const apart = factors["learned"] === ALL_OTHERS;
        const [method, one] = [String(factors["method"]), Number(factors["seed"])];
        const way = { method, seed: 1000 * seed + one, most };
        return travel(
          sited,
          { ...way, from: apart ? others : [here], to: apart ? [here] : everywhere },
          tools,
        );
      },
      reduce: (done) => foundOf(told, done),
    };
  },
};

function cellsOf({ table, sites }: SiteTable, method: string, seed: number, most: number): StudyCell[] {
  const total = sites.reduce((sum, { rows }) => sum + rows, 0);
  const name = method === REAL ? "real rows" : methodName(method);
  const cell = (site: string, learned: string, rows: number): StudyCell => {
    const own = Math.min(most, Math.floor(rows / 2));
    const fit = method === REAL ? 0 : fitEffort(method, table, own);
    return {
      key: `${learned}/${site}/${method}/${seed}`,
      factors: { site, learned, method, seed },
      words: `${learned === ALONE ? site : `all but ${site}`}, ${name}, seed ${seed}`,
      effort: 2 * fit + 0.05 + (own + total) * table.columns.length * SECONDS_A_CELL,
    };
  };
  const alone = sites.map((site) => cell(site.name, ALONE, site.rows));
  if (sites.length < 3 || method === INDEPENDENT) return alone;
  return [...alone, ...sites.map((site) => cell(site.name, ALL_OTHERS, total - site.rows))];
}

/** What is thrown, where something is. */
function refusalOf(make: () => unknown): FaultError | undefined {
  try {
    make();
    return undefined;
  } catch (error) {
    if (error instanceof FaultError) return error;
    throw error;
  }
}

const reasonOf = ({ fault }: FaultError): string => describeFault(fault).detail;

/** A strong method and as many seeds as fit into a few minutes, 3 to 5; a quick method where a strong one takes too long. */
function usualGrid(source: StudySource, site: string): { readonly method: string; readonly seeds: number } {
  const sited = sitesIn(source, site, USUAL_SITES);
  const once = (usual: string): number =>
    [REAL, INDEPENDENT, usual]
      .flatMap((method) => cellsOf(sited, method, 1, USUAL_ROWS))
      .reduce((sum, { effort }) => sum + effort, 0);
  const method = LEAST_SEEDS * once("autoregressive") > MOST_SECONDS ? "copula" : "autoregressive";
  return { method, seeds: Math.max(LEAST_SEEDS, Math.min(5, Math.floor(SECONDS / once(method)))) };
}

function sitesIn({ table, second }: StudySource, site: string, most: number): SiteTable {
  if (site === TABLES && second) return twoTables(table, second);
  const sited = sitesOf(table, site, most);
  if (sited.sites.length < 2) throw new FaultError(oneSite(table));
  if (namesPlace(site)) return sited;
  const doubt = `“${site}” is not named like a place: if it does not tell hospitals apart, what is said of sites is true of its levels only.`;
  return { ...sited, notes: [doubt, ...sited.notes] };
}

const siteWords = (settings: StudySettings, { table, second }: StudySource): string => {
  const site = wordIn(settings, "site");
  return site === TABLES && second ? `${table.name} against ${second.name}` : site;
};

const oneSite = ({ name }: Table) =>
  refusedStudy(
    `${name} is of one site: no column has two levels of at least ${LEAST_AT_SITE} patients each, 10 of them with and 10 without the outcome.`,
    "Open a second table from another hospital beside it, or a table with a column that names the site.",
  );

function requireTarget(table: Table): { readonly target: string; readonly unit: "AUROC" | "R²" } {
  const at = targetColumn(table.schema);
  if (at === undefined)
    throw new FaultError(
      refusedStudy(
        "No column is marked as the target, and a model that is to travel predicts one.",
        "Mark the outcome as the target, on Data.",
      ),
    );
  const found = predictionOf([table, table, table]);
  if ("reason" in found)
    throw new FaultError(
      refusedStudy(found.reason, "Mark another column as the target, or open more patients."),
    );
  return { target: table.schema.columns[at]?.name ?? "", unit: found.task.unit };
}
