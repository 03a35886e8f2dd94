import { writeName } from "../../../rules/language/cursor.ts";
import type { Table } from "../../../table/table.ts";
import type { KnownColumn } from "../../ranges/known-quantities.ts";
import { plainWords } from "../../ranges/quantity-names.ts";
import type { ColumnConcept } from "./concept.ts";
import { isOneOf } from "./concept.ts";

const COUNTED = new Set(
  (
    "count counts number num anzahl n dose dosis dosage mg ml kg cm mm g ug mcg mmol days day tage hours hour stunden weeks " +
    "wochen months monate years jahre duration dauer cost costs kosten charge charges volume volumen length size " +
    "groesse width area amount menge visits admissions aufnahmen pregnancies children kinder pack packyears units " +
    "procedures medications diagnoses interval distance"
  ).split(" "),
);
const SIGNED = new Set(
  "change delta diff difference log ln z zscore score std residual since relative excess offset slope trend shift deviation before vor until".split(
    " ",
  ),
);
const STATISTICS: ReadonlyMap<string, "min" | "mean" | "max"> = new Map([
  ["min", "min"],
  ["minimum", "min"],
  ["lowest", "min"],
  ["mean", "mean"],
  ["avg", "mean"],
  ["average", "mean"],
  ["mittel", "mean"],
  ["mittelwert", "mean"],
  ["median", "mean"],
  ["max", "max"],
  ["maximum", "max"],
  ["highest", "max"],
]);

/** What names say besides quantities: what is counted, the least and greatest of one thing, the band of an age. */
export const familyConcepts = (train: Table, known: readonly KnownColumn[]): ColumnConcept[] => [
  ...counts(train, known),
  ...ordered(train),
  ...ageBands(train, known),
  ...livedYears(train, known),
];

/** Columns named like a count, a dose or a duration, where no real value is negative. */
function counts(train: Table, known: readonly KnownColumn[]): ColumnConcept[] {
  const judged = new Set(known.map(({ name }) => name));
  return train.schema.columns.flatMap(({ name, kind }, i): ColumnConcept[] => {
    if ((kind !== "integer" && kind !== "decimal") || judged.has(name)) return [];
    const words = plainWords(name);
    if (!words.some((word) => COUNTED.has(word)) || words.some((word) => SIGNED.has(word))) return [];
    const column = train.columns[i];
    if (column?.type !== "numeric" || column.values.some((value) => value < 0)) return [];
    return [
      {
        concept: "Count",
        columns: [name],
        text: () => writeName(name),
        says: name,
        beside: "",
        goes: "each",
      },
    ];
  });
}

const YEARS = /^(years?|yrs?|jahre?)$/;
const SO_FAR = /^(duration|dauer|since|seit|smok.*|rauch.*|diabetes|illness|disease|education|school.*)$/;
const NOT_SO_FAR = /^(pack.*|until|bis|remaining|follow.*|fup|survival|expected|expectancy|lost|to|free)$/;
const EARLIER = /^(diagnosis|diagnosed|dx|onset|menarche|menopause|erstdiagnose|manifestation)$/;
const AGE = /^(age|alter)$/;

/** Years that a patient has lived through, and ages at what lies behind them: neither is above the age. */
function livedYears(train: Table, known: readonly KnownColumn[]): ColumnConcept[] {
  const ages = known.filter(({ quantity, unit }) => quantity.name === "Age" && unit.unit === "years");
  return train.schema.columns.flatMap(({ name, kind }): ColumnConcept[] => {
    if (kind !== "integer" && kind !== "decimal") return [];
    if (!ages.some((age) => age.name !== name)) return [];
    const words = plainWords(name);
    const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
    const concept = has(AGE)
      ? has(EARLIER) && "Earlier age"
      : has(YEARS) && has(SO_FAR) && !has(NOT_SO_FAR) && "Years so far";
    if (concept === false) return [];
    return [{ concept, columns: [name], text: () => writeName(name), says: name, beside: "", goes: "each" }];
  });
}

/** Columns that are the least, the mean and the greatest of the same thing. */
function ordered(train: Table): ColumnConcept[] {
  const families = new Map<string, Partial<Record<"min" | "mean" | "max", string>>>();
  for (const { name, kind } of train.schema.columns) {
    if (kind !== "integer" && kind !== "decimal") continue;
    const words = plainWords(name);
    const found = words.filter((word) => STATISTICS.has(word));
    const [statistic] = found.flatMap((word) => STATISTICS.get(word) ?? []);
    if (found.length !== 1 || statistic === undefined || words.length < 2) continue;
    const key = words.filter((word) => word !== found[0]).join(" ");
    const family = families.get(key) ?? {};
    family[statistic] ??= name;
    families.set(key, family);
  }
  return [...families].flatMap(([beside, { min, mean, max }]): ColumnConcept[] => {
    const columns = [min, mean, max].filter((name) => name !== undefined);
    if (columns.length < 2) return [];
    return [
      {
        concept: "Least to greatest",
        columns,
        text: () => columns.map(writeName).join(" <= "),
        says: columns.join(" ≤ "),
        beside,
        goes: "each",
      },
    ];
  });
}

const BAND_WORDS = new Set(
  "group groups grp band bands category cat class range bracket bin gruppe klasse".split(" "),
);

/** A band of ages beside the age. */
function ageBands(train: Table, known: readonly KnownColumn[]): ColumnConcept[] {
  const age = known.find(({ quantity, unit }) => quantity.name === "Age" && unit.unit === "years");
  if (age === undefined) return [];
  return train.schema.columns.flatMap(({ name }, i): ColumnConcept[] => {
    const column = train.columns[i];
    if (column?.type !== "coded" || !namesAgeBand(name)) return [];
    if (column.levels.filter((level) => ageBand(level) !== undefined).length < 2) return [];
    return [
      {
        concept: "Age in its band",
        columns: [age.name, name],
        text: (table) => bandText(table, age.name, name),
        says: `${age.name} lies in ${name}`,
        beside: "",
        goes: "each",
      },
    ];
  });
}

function bandText(table: Table, age: string, name: string): string | undefined {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  if (column?.type !== "coded") return undefined;
  const bands = column.levels.flatMap((level) => {
    const band = ageBand(level);
    return band === undefined ? [] : [{ level, band }];
  });
  const told = isOneOf(
    writeName(name),
    bands.map(({ level }) => level),
  );
  if (told === undefined) return undefined;
  const each = bands.map(({ level, band: [low, high] }) => {
    const within =
      high === Infinity ? `${writeName(age)} >= ${low}` : `${low} <= ${writeName(age)} < ${high}`;
    return `(${isOneOf(writeName(name), [level]) ?? ""} and ${within})`;
  });
  return `if ${told} then ${each.join(" or ")}`;
}

function namesAgeBand(name: string): boolean {
  const words = plainWords(name);
  if (words.some((word) => /^(agegroup|ageband|agecat|agegrp|altersgruppe|altersklasse)$/.test(word)))
    return true;
  const age = words.some((word) => word === "age" || word === "alter" || word === "alters");
  return age && (words.length === 1 || words.some((word) => BAND_WORDS.has(word)));
}

/** "40-49", "[40, 50)", "<40", "85+", "under 40", "85 or over": least age, and the first that is too old. */
export function ageBand(level: string): readonly [number, number] | undefined {
  const text = level.trim().toLowerCase();
  const numbers = [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
  const [low, high] = numbers;
  if (low === undefined || numbers.length > 2) return undefined;
  if (high !== undefined) {
    if (high <= low) return undefined;
    return [low, text.endsWith(")") || text.endsWith("[") ? high : high + 1];
  }
  if (/^(<=|≤|up to|bis)/.test(text)) return [0, low + 1];
  if (/^(<|under|below|unter)/.test(text)) return [0, low];
  if (/^(>=|≥|from|ab)/.test(text) || /(\+|or over|or more|and over|and older|or older|plus)$/.test(text)) {
    return [low, Infinity];
  }
  return /^(>|over|above|ueber|über)/.test(text) ? [low, Infinity] : undefined;
}
