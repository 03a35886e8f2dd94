import type { Column, Table } from "../../table/table.ts";
import { plainWords } from "../ranges/quantity-names.ts";
import { affirms, levelIn, numberIn } from "./rule.ts";
import type { PlausibilityRule } from "./rule.ts";

type Sex = "female" | "male";

const SEX_NAMES = new Set(["sex", "gender", "geschlecht"]);
const FEMALE = new Set("f female w weiblich woman women frau".split(" "));
const MALE = new Set("m male maennlich männlich man men mann".split(" "));
const ONLY: Readonly<Record<Sex, RegExp>> = {
  female:
    /^(pregnan|schwanger|gravid|postpartum|eclampsia|eklampsie|ovarian|ovary|ovarial|cervical cancer|uterus|uterine|endometri|menopaus|postmenopaus|puerper|wochenbett)/,
  male: /^(prostat|testic|testis|hoden|penile|penis)/,
};

/** The sex that a cell stands for; undefined for codes such as 0 and 1, which could be either. */
export function sexOf(level: string): Sex | undefined {
  const word = level.trim().toLowerCase();
  if (FEMALE.has(word)) return "female";
  return MALE.has(word) ? "male" : undefined;
}

/** Pregnancy and diseases of organs that one sex has: never beside the other. */
export function sexRules(train: Table): PlausibilityRule[] {
  const at = train.schema.columns.findIndex(({ name }) =>
    plainWords(name).some((word) => SEX_NAMES.has(word)),
  );
  const column = train.columns[at];
  const sex = train.schema.columns[at]?.name;
  if (sex === undefined || column?.type !== "coded") return [];
  if (new Set(column.levels.map(sexOf).filter((one) => one !== undefined)).size < 2) return [];
  return train.schema.columns.flatMap(({ name }, i) =>
    i === at
      ? []
      : (["female", "male"] as const).flatMap((only) => ruleFor(train.columns[i], name, sex, only)),
  );
}

function ruleFor(column: Column | undefined, name: string, sex: string, only: Sex): PlausibilityRule[] {
  const rule = (
    text: string,
    holds: (column: Column | undefined) => (row: number) => boolean | undefined,
  ) => ({
    text,
    columns: [sex, name],
    breaks: ([sexes, cells]: readonly (Column | undefined)[]) => {
      const own = levelIn(sexes, sexOf);
      const marked = holds(cells);
      return (row: number) => {
        const [who, what] = [own(row), marked(row)];
        return who === undefined || what !== true ? undefined : who !== only;
      };
    },
  });
  const named = plainWords(name).some((word) => ONLY[only].test(word));
  if (column?.type === "numeric") {
    if (!named || plainWords(name).includes("psa")) return [];
    return [
      rule(`${name} is above 0 only where ${sex} is ${only}`, (cells) => {
        const value = numberIn(cells);
        return (row) => (Number.isNaN(value(row)) ? undefined : value(row) > 0);
      }),
    ];
  }
  if (column?.type !== "coded" || column.levels.length > 5000) return [];
  if (named && column.levels.some((level) => affirms(level) !== undefined)) {
    return [rule(`${name} is yes only where ${sex} is ${only}`, (cells) => levelIn(cells, affirms))];
  }
  const speaks = (level: string): boolean => plainWords(level).some((word) => ONLY[only].test(word));
  if (!column.levels.some(speaks)) return [];
  const which = only === "female" ? "pregnancy or an organ of women" : "an organ of men";
  return [rule(`${name} tells of ${which} only where ${sex} is ${only}`, (cells) => levelIn(cells, speaks))];
}
