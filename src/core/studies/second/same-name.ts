import { plainWords } from "../../clinic/ranges/quantity-names.ts";
import type { Described } from "./described.ts";

/** How near two names are, and in words why. */
export interface NameLikeness {
  /** 1: the same; 0: nothing in common, or words that contradict each other */
  readonly likeness: number;
  readonly reason: string;
}

/** Words that leave what a column holds as it is. */
const NEUTRAL = new Set(
  (
    "the of in at is has a value val wert result level lab measured measurement patient patients pat pt subject serum plasma blood s p b " +
    "mg dl mmol l umol g kg cm mm mmhg percent pct years year yrs days hours per min bpm c f unit score status flag yn ind indicator history hx"
  ).split(" "),
);
/** One line for one thing, words run together; in English and German. */
const SAME: readonly (readonly string[])[] = [
  "sex gender geschlecht sexe sexo patientsex",
  "ethnicity race ethnic ethnicgroup ethnie",
  "death died dead deceased mortality tod verstorben deathevent exitus expired hospitalexpireflag hospitalmortality inhospitalmortality inhospitaldeath icumortality unitdischargestatus",
  "smoking smoker smokes smokingstatus rauchen raucher tobacco",
  "diabetes diabetesmellitus dm diabetic zuckerkrankheit",
  "hypertension highbloodpressure htn bluthochdruck hypertonie arterialhypertension",
  "anaemia anemia ane anämie anaemie",
  "atrialfibrillation af afib vorhofflimmern",
  "betablocker betablockers bblocker",
  "nyha nyhaclass nyhastage",
  "ward station unit department abteilung",
  "readmission readmitted wiederaufnahme rehospitalisation rehospitalization",
  "hospital site centre center clinic klinik krankenhaus",
  // The heart disease tables of UCI, and as they are told again elsewhere.
  "cp chestpaintype chestpain",
  "trestbps restingbp restingbps restingbloodpressure restingbloodpressures",
  "fbs fastingbs fastingbloodsugar",
  "restecg restingecg restingelectrocardiogram restingelectrocardiographicresults",
  "thalach thalachh thalch maxhr maxheartrate maximumheartrate maxheartrateachieved",
  "exang exng exerciseangina exerciseinducedangina",
  "slope slp stslope",
  "ca caa numvessels nummajorvessels numberofmajorvessels numberofvesselsfluro",
  "thal thall thalassemia thalium thallium",
].map((line) => line.split(" "));

/** "30d", "1", "year", "inhospital": until when. */
const HORIZON = /^(\d+[dmwy]?|day|week|month|year|inhospital)$/;

const concept = (joined: string): readonly string[] | undefined => SAME.find((line) => line.includes(joined));

/** Names of one column of each table compared, by letters, by words and by the quantity they stand for. */
export function nameLikeness(open: Described, second: Described): NameLikeness {
  const [a, b] = [open.schema.name, second.schema.name];
  if (a === b) return { likeness: 1, reason: "same name" };
  const [x, y] = [plainWords(a), plainWords(b)];
  if (x.join("") === y.join("")) return { likeness: 0.97, reason: "same name but for case and separators" };
  const [mine, theirs] = [open.named, second.named];
  const said = concept(x.join(""));
  if (mine && theirs && (said === undefined || said !== concept(y.join("")))) {
    if (mine.quantity !== theirs.quantity) return { likeness: 0, reason: "" };
    return besides(mine.beside, theirs.beside, mine.quantity.name);
  }
  const [p, q] = [x, y].map((words) => words.filter((word) => !NEUTRAL.has(word))) as [string[], string[]];
  const known = concept(p.join("")) ?? concept(x.join(""));
  if (known !== undefined && known === (concept(q.join("")) ?? concept(y.join(""))))
    return elsewhere(x, y)
      ? { likeness: 0.45, reason: `both names stand for ${known[0] ?? ""}, but in different places` }
      : { likeness: 0.85, reason: `both names stand for ${known[0] ?? ""}` };
  const [early, late] = [p, q].map((words) => concept(words.filter((word) => !HORIZON.test(word)).join("")));
  if (early !== undefined && early === late) return untilWhen(early[0] ?? "", horizon(p), horizon(q));
  return wordsShared(p, q);
}

const horizon = (words: readonly string[]): string => words.filter((word) => HORIZON.test(word)).join(" ");

/** The same event within the same time is the same; within another one, or where only one says it, a person must know. */
function untilWhen(event: string, a: string, b: string): NameLikeness {
  if (a === b) return { likeness: 0.85, reason: `both names stand for ${event} within the same time` };
  return a === "" || b === ""
    ? { likeness: 0.58, reason: `both names stand for ${event}, perhaps at different times` }
    : { likeness: 0.45, reason: `both names stand for ${event}, but at different times` };
}

/** One is said of the intensive care unit, the other of the hospital. */
function elsewhere(x: readonly string[], y: readonly string[]): boolean {
  const [a, b] = [x, y].map((words) => {
    const name = words.join("");
    return /icu|intensiv|^unit/.test(name) ? "unit" : /hosp|krankenhaus/.test(name) ? "hospital" : "";
  });
  return a !== b && a !== "" && b !== "";
}

/** The same quantity: measured at the same time, or nothing said of it on one side. */
function besides(a: string, b: string, quantity: string): NameLikeness {
  const [x, y] = [a, b].map((text) => text.split(" ").filter((word) => word !== "" && !NEUTRAL.has(word)));
  if (x?.toSorted().join(" ") === y?.toSorted().join(" "))
    return { likeness: 0.9, reason: `both are ${quantity}` };
  if (x?.length === 0 || y?.length === 0)
    return { likeness: 0.55, reason: `both are ${quantity}, but only one says when it was measured` };
  return { likeness: 0, reason: "" };
}

function wordsShared(x: readonly string[], y: readonly string[]): NameLikeness {
  if (x.length === 0 || y.length === 0) return { likeness: 0, reason: "" };
  if (x.toSorted().join(" ") === y.toSorted().join(" "))
    return { likeness: 0.85, reason: "same words in the name" };
  const [few, many] = x.length < y.length ? [x, y] : [y, x];
  if (few.length < many.length && few.every((word) => many.includes(word) && word.length > 2))
    return { likeness: 0.4, reason: "part of the name is the same" };
  return { likeness: 0, reason: "" };
}
