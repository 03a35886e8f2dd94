import { writeName } from "../../../rules/language/cursor.ts";
import type { Column, Table } from "../../../table/table.ts";
import { plainWords } from "../../ranges/quantity-names.ts";
import type { ColumnConcept } from "./concept.ts";
import { isOneOf } from "./concept.ts";
import { affirms, sexOf, type Sex } from "./level-words.ts";

/** States that a column's name or a level's text tells of, by how their words begin. */
const STATES: readonly (readonly [concept: string, tells: string, words: RegExp])[] = [
  ["Pregnant", "pregnancy", /^(pregnan|schwanger|gravid)/],
  ["Been pregnant", "pregnancies", /^(pregnan|schwanger|gravid)/],
  ["Puerperium", "childbed", /^(postpartum|puerper|wochenbett)/],
  ["Pre-eclampsia", "pre-eclampsia", /^(pre?eclampsia|eclampsia|praeeklampsie|eklampsie)/],
  ["Ovarian disease", "the ovaries", /^(ovar|oophor|salping)/],
  ["Uterine disease", "the uterus", /^(uterus|uterine|endometri|myometri|hysterectom)/],
  ["Disease of the cervix", "the cervix uteri", /^(cervicitis|cervixkarzinom|zervixkarzinom)/],
  ["Disease of vagina or vulva", "the vagina or vulva", /^(vagin|vulv)/],
  ["Menopause", "the menopause", /^(menopaus|postmenopaus|premenopaus|perimenopaus)/],
  ["Menstrual disorder", "menstruation", /^(menstru|menorrhag|dysmenorrh|amenorrh|menarche)/],
  ["Miscarriage", "a miscarriage", /^(miscarriage|fehlgeburt|stillbirth|ectopicpregnancy)/],
  ["Prostate disease", "the prostate", /^(prostat)/],
  ["Disease of the testis", "the testes", /^(testic|testis|hoden|orchi|epididym|hydrocele|varicocele|scrot)/],
  ["Disease of the penis", "the penis", /^(penile|penis|phimos|balanit|circumcis)/],
  ["Erectile dysfunction", "erectile dysfunction", /^(erectile|erektil)/],
  ["Vasectomy", "a vasectomy", /^(vasectom|vasektom|spermat|azoosperm)/],
  ["Died", "death", /^(died|dead|deceased|death|mortality|verstorben|expired?|expireflag)$/],
  ["Ventilated", "ventilation", /^(ventilated|intubated|beatmet|intubiert)$/],
];

export const STATE_NAMES: readonly string[] = [
  "Female",
  "Male",
  "Sex",
  ...STATES.map(([concept]) => concept),
];

const SEX_WORDS: readonly (readonly [string, RegExp])[] = [
  ["Female", /^(female|females|woman|women)$/i],
  ["Male", /^(male|males|man|men)$/i],
];

/** The state that words name: "pregnant", "female", "ovarian disease". */
export function stateNamed(words: string): string | undefined {
  const plain = words.trim().replace(/^is\s+/i, "");
  const sex = SEX_WORDS.find(([, pattern]) => pattern.test(plain));
  if (sex !== undefined) return sex[0];
  const own = STATES.find(([concept]) => concept.toLowerCase() === plain.toLowerCase());
  if (own !== undefined) return own[0];
  return /\s/.test(plain)
    ? undefined
    : STATES.find(([, , pattern]) => pattern.test(plain.toLowerCase()))?.[0];
}

/** A cervix is one of the neck too: the words must stand together. */
const CERVIX = /(cervical|cervix).*(cancer|carcinoma|dysplasia|intraepithelial|uteri)|cin ?[123]\b/;

const SEX_NAMES = new Set(["sex", "gender", "geschlecht", "sexe", "sexo"]);

/** Sex, and what a patient has or is by the yes of a column or a level's text. */
export const statedConcepts = (train: Table): ColumnConcept[] => [
  ...sexConcepts(train),
  ...train.schema.columns.flatMap(({ name, kind }, at) =>
    kind === "datetime" ? [] : STATES.flatMap((state) => stateIn(train, name, at, state)),
  ),
];

const columnAt = (table: Table, name: string): Column | undefined =>
  table.columns[table.schema.columns.findIndex((column) => column.name === name)];

/** The levels of a table's column for which `holds`. */
function levelsWhere(table: Table, name: string, holds: (level: string) => boolean): string[] {
  const column = columnAt(table, name);
  return column?.type === "coded" ? column.levels.filter(holds) : [];
}

function sexConcepts(train: Table): ColumnConcept[] {
  const found = train.schema.columns.find(
    ({ name }, at) =>
      train.columns[at]?.type === "coded" && plainWords(name).some((word) => SEX_NAMES.has(word)),
  );
  if (found === undefined) return sexByYes(train);
  const { name } = found;
  const levels = levelsWhere(train, name, () => true).map(sexOf);
  const one = { columns: [name], beside: "", goes: "patient" } as const;
  const of = (sex: Sex): ColumnConcept[] =>
    levels.includes(sex)
      ? [
          {
            ...one,
            concept: sex === "female" ? "Female" : "Male",
            says: `${name} is ${sex}`,
            text: (table) =>
              isOneOf(
                writeName(name),
                levelsWhere(table, name, (level) => sexOf(level) === sex),
              ),
          },
        ]
      : [];
  return [
    ...of("female"),
    ...of("male"),
    { ...one, concept: "Sex", says: name, text: () => writeName(name) },
  ];
}

/** A column called female or male, of yes and no or 1 and 0. */
function sexByYes(train: Table): ColumnConcept[] {
  for (const [at, { name }] of train.schema.columns.entries()) {
    const words = plainWords(name).filter((word) => word !== "is");
    const sex =
      words.length === 1 ? (["female", "male"] as const).find((one) => words[0] === one) : undefined;
    const column = train.columns[at];
    if (sex === undefined || column === undefined || !isYesNo(column)) continue;
    const one = { columns: [name], beside: "", goes: "patient" } as const;
    const [own, other] = sex === "female" ? (["Female", "Male"] as const) : (["Male", "Female"] as const);
    return [
      { ...one, concept: own, says: `${name} is yes`, text: (table) => yesIn(table, name, true) },
      { ...one, concept: other, says: `${name} is no`, text: (table) => yesIn(table, name, false) },
      { ...one, concept: "Sex", says: name, text: () => writeName(name) },
    ];
  }
  return [];
}

export const isYesNo = (column: Column): boolean =>
  column.type === "coded"
    ? column.levels.some((level) => affirms(level) !== undefined)
    : column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));

/** A column of yes and no, or of 1 and 0, as a condition. */
export function yesIn(table: Table, name: string, yes: boolean): string | undefined {
  if (columnAt(table, name)?.type === "numeric") return `${writeName(name)} = ${yes ? 1 : 0}`;
  return isOneOf(
    writeName(name),
    levelsWhere(table, name, (level) => affirms(level) === yes),
  );
}

function stateIn(
  train: Table,
  name: string,
  at: number,
  [concept, tells, pattern]: (typeof STATES)[number],
): ColumnConcept[] {
  const column = train.columns[at];
  const named = speaks(name, concept, pattern);
  const one = { concept, columns: [name], beside: "", goes: "each" } as const;
  if (column?.type === "numeric") {
    const counts = concept === "Been pregnant";
    const yesNo = isYesNo(column);
    if (!named || plainWords(name).includes("psa") || (counts && yesNo) || (concept === "Pregnant" && !yesNo))
      return [];
    return [{ ...one, says: `${name} is above 0`, text: () => `${writeName(name)} > 0` }];
  }
  if (column?.type !== "coded" || column.levels.length > 5000 || concept === "Been pregnant") return [];
  if (named && column.levels.some((level) => affirms(level) !== undefined))
    return [{ ...one, says: `${name} is yes`, text: (table) => yesIn(table, name, true) }];
  if (concept === "Died" || concept === "Ventilated") return [];
  const told = (level: string): boolean => speaks(level, concept, pattern);
  if (!column.levels.some(told)) return [];
  return [
    {
      ...one,
      says: `${name} tells of ${tells}`,
      text: (table) => isOneOf(writeName(name), levelsWhere(table, name, told)),
    },
  ];
}

function speaks(text: string, concept: string, pattern: RegExp): boolean {
  const words = plainWords(text);
  if (words.some((word) => pattern.test(word))) return true;
  return concept === "Disease of the cervix" && CERVIX.test(words.join(" "));
}
