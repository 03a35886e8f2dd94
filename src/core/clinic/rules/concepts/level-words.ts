const YES = new Set("yes y true t 1 positive pos present ja j wahr vorhanden positiv 1.0".split(" "));
const NO = new Set(
  "no n false f 0 negative neg absent nein falsch negativ keine none notpresent 0.0".split(" "),
);

/** True for yes, false for no, undefined for neither. */
export function affirms(level: string): boolean | undefined {
  const word = level.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

export type Sex = "female" | "male";

const FEMALE = new Set("f female w weiblich woman women frau".split(" "));
const MALE = new Set("m male maennlich männlich man men mann".split(" "));

/** The sex that a cell stands for; undefined for codes such as 0 and 1, which could be either. */
export function sexOf(level: string): Sex | undefined {
  const word = level.trim().toLowerCase();
  if (FEMALE.has(word)) return "female";
  return MALE.has(word) ? "male" : undefined;
}
