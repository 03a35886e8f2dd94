import { joined, nameWords } from "../name-words.ts";
import codes from "./codes.json" with { type: "json" };
import english from "./english.json" with { type: "json" };
import french from "./french.json" with { type: "json" };
import german from "./german.json" with { type: "json" };
import lookAlikes from "./look-alikes.json" with { type: "json" };
import spanish from "./spanish.json" with { type: "json" };
import telling from "./telling-words.json" with { type: "json" };
import units from "./units.json" with { type: "json" };

/** Names by quantity, apart by " | ". `full`: they mean nothing else; `short`: only with a unit or a fitting median. */
interface NameList {
  readonly full: Readonly<Record<string, string>>;
  readonly short: Readonly<Record<string, string>>;
  /** words that say where, when and of whom it was measured */
  readonly beside: string;
}

const LISTS: readonly NameList[] = [english, german, french, spanish];

const split = (names: string | undefined): string[] =>
  (names ?? "").split("|").flatMap((name) => joined(nameWords(name)) || []);

/** Blood pressure as devices and wards abbreviate it, and what they write beside it, in any order: "nibp sys", "syst ibp". */
const PRESSURE = "bp nibp nbp ibp abp art nibd nbd ibd bd ta tension blutdruck".split(" ");
const WHICH: Readonly<Record<string, string>> = {
  "Systolic pressure": "sys syst systolic systolisch systolique sistolica",
  "Diastolic pressure": "dia dias diast diastolic diastolisch diastolique diastolica",
  "Mean arterial pressure": "mean mittel moyenne media",
};
const pressures = (quantity: string): string[] =>
  (WHICH[quantity] ?? "")
    .split(" ")
    .filter(Boolean)
    .flatMap((which) => PRESSURE.flatMap((pressure) => [`${pressure}${which}`, `${which}${pressure}`]));

/** A cell's share is its number's name and one of these, in any order: "pct monocytes", "Eosinophile relativ". */
const SHARE =
  "percent pct perc percentage prozent anteil share rel relativ relative relatif relativo porcentaje pourcentage";
/** Its number likewise: "monocytes count", "recuento eosinofilos". */
const NUMBER = "count counts number abs absolute zahl anzahl recuento numeration";
const COUNTED =
  "Neutrophils|Lymphocytes|Monocytes|Eosinophils|Basophils|White cells|Red cells|Platelets".split("|");

function ofCells(quantity: string): string[] {
  const share = quantity.endsWith(" share") && !quantity.startsWith("Prothrombin");
  const words = share || quantity === "Reticulocytes" ? SHARE : COUNTED.includes(quantity) ? NUMBER : "";
  const number = quantity.replace(/ share$/, "");
  const names = [number.toLowerCase().replace(" ", ""), ...LISTS.flatMap(({ full }) => split(full[number]))];
  const cells = new Set(names.flatMap((name) => [name, name.replace(/s$/, "")]));
  return words
    .split(" ")
    .filter(Boolean)
    .flatMap((word) => [...cells].flatMap((cell) => [`${cell}${word}`, `${word}${cell}`]));
}

/** The names of a quantity in all languages, words run together: "systolicbloodpressure". */
export const fullNames = (quantity: string): string[] => [
  ...new Set([
    ...LISTS.flatMap(({ full }) => split(full[quantity])),
    ...pressures(quantity),
    ...ofCells(quantity),
  ]),
];

/** Its abbreviations, which stand for other things too: "k", "fc". */
export const shortNames = (quantity: string): string[] => [
  ...new Set(LISTS.flatMap(({ short }) => split(short[quantity]))),
];

/** Every quantity that the lists name, for seeing that each is one that is known. */
export const listedQuantities: readonly string[] = [
  ...new Set(
    [...LISTS.flatMap(({ full, short }) => [full, short]), codes.loinc, codes.nhanes].flatMap(Object.keys),
  ),
];

/** A unit's other spellings in names, without marks: "mgdl", "109l", "mgperdl". */
export const unitSpellings = (unit: string): string[] => {
  const all: Readonly<Record<string, string>> = units;
  const said = unit.includes("/") ? ["per", "pro", "por"].map((per) => unit.replaceAll("/", ` ${per} `)) : [];
  const plain = unit.startsWith("mL/min/1.73") ? ["mlpermin", "mlpromin"] : [];
  return [...(all[unit] ?? "").split(" ").filter(Boolean), ...plain, ...said.flatMap(split)];
};

/** Words that leave a quantity what it is: where, when and of whom it was measured, in four languages. */
export const besideWords: ReadonlySet<string> = new Set(LISTS.flatMap(({ beside }) => beside.split(" ")));

/** Names that look like a quantity's and are none, words run together. */
export const notQuantities: ReadonlySet<string> = new Set(lookAlikes.flatMap((name) => split(name)));

/** Words that make something else of a quantity, in four languages: limits, doses, counts, other people, other fluids. */
export const tellingWords: ReadonlySet<string> = new Set(Object.values(telling).join(" ").split(" "));

/** What a code of LOINC or NHANES stands for. */
export interface CodedQuantity {
  readonly quantity: string;
  /** the units that the code leaves open; empty: any of the quantity */
  readonly units: readonly string[];
}

function coded(lists: Readonly<Record<string, string>>): Map<string, CodedQuantity> {
  return new Map(
    Object.entries(lists).flatMap(([quantity, list]) =>
      list.split("|").map((one): [string, CodedQuantity] => {
        const [code = "", own = ""] = one.trim().split(":");
        return [code, { quantity, units: own.split(",").filter(Boolean) }];
      }),
    ),
  );
}

/** By LOINC code: "2823-3". */
export const loincCodes: ReadonlyMap<string, CodedQuantity> = coded(codes.loinc);
/** By the names of the NHANES files: "LBXSKSI". */
export const nhanesCodes: ReadonlyMap<string, CodedQuantity> = coded(codes.nhanes);
