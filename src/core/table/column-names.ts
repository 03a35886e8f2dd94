/** What a column's name says about it, in English and German, of sex and age in more. Names are compared word by word. */

/** The words of a name: "admitTime_2" -> admit, time, 2. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-zäöüß])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^a-zäöüß0-9\s]/g, (sign) => sign.normalize("NFD").charAt(0))
    .split(/[^a-zäöüß0-9]+/)
    .filter(Boolean);
}

const has = (words: readonly string[], set: ReadonlySet<string>): boolean =>
  words.some((word) => set.has(word));
const setOf = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const CODES = setOf("id ids uid uuid guid identifier mrn ssn pid usubjid pseudonym kennung");
const PEOPLE = setOf(
  "patient patients pat subject person participant proband pseudonym member individual mrn pid usubjid nhs ssn patientid patid subjectid personid patientin",
);
const NUMBERS = setOf("nr no num number nummer key code");
const CODED =
  /^(patient|pat|subject|person|case|fall|visit|encounter|record|study|stay|hadm|admission|episode|unit|hospital|health|system)+(id|nr|no|number|nummer)$/;

/** Named like an id: "id", "subject_id", "mrn", "Pat-Nr", "fallnummer". */
export function namesId(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  return (
    has(words, CODES) ||
    words.some((word) => CODED.test(word)) ||
    (NUMBERS.has(last) && words.length > 1 && has(words, PEOPLE))
  );
}

/** Named like a number of the row or the case and nothing else: "Nr.", "Lfd. Nr.", "no", "#". */
export const namesNumberAlone = (name: string): boolean =>
  /^(#|n°|nº)$/.test(name.trim()) ||
  /^(lfd|lauf|serial|s|sl|sr)? ?(nr|no|num|nummer|numero)$|^row ?(names?|numbers?|nr|no|num|index)$|^index$|^unnamed 0( [01])?$/.test(
    wordsOf(name).join(" "),
  );

/** Named like the id of a person rather than of a stay, a visit or a provider. */
export function namesPerson(name: string): boolean {
  const words = wordsOf(name);
  return (
    has(words, PEOPLE) ||
    words.some((word) => /^(patient|pat|subject|person)/.test(word)) ||
    words.join("") === "id"
  );
}

const FREE = setOf(
  "remark remarks note notes comment comments text freetext description narrative history report summary bemerkung bemerkungen kommentar kommentare notiz notizen anamnese befund beschreibung freitext",
);
export const namesFreeText = (name: string): boolean => has(wordsOf(name), FREE);

const DIRECT = setOf(
  "name names firstname lastname surname forename vorname nachname email mail phone telephone tel telefon mobile address street strasse straße anschrift adresse fax iban",
);
export const namesContact = (name: string): boolean => has(wordsOf(name), DIRECT);

const POSTAL = setOf("zip zipcode postcode postal plz postleitzahl");
export const namesPostcode = (name: string): boolean => has(wordsOf(name), POSTAL);

const BIRTH = setOf("birth dob birthdate birthday dateofbirth geburt geburtsdatum gebdat geburtstag");
export const namesBirth = (name: string): boolean => has(wordsOf(name), BIRTH);

const GROUPS = setOf(
  "sex gender geschlecht race ethnicity ethnic ethnie ethnicgroup sexe sexo sesso genre genero genere geslacht raza etnia razza raca",
);
export const namesGroup = (name: string): boolean => has(wordsOf(name), GROUPS);

const AGES = setOf("age alter lebensalter edad eta idade leeftijd");
/** Ages of somebody else, and ages that are no time since birth. */
const NO_AGES = setOf(
  "gestational bone vascular biological mother mothers maternal father fathers paternal partner spouse donor child menarche menopause onset since last stage",
);
/** Named like a patient's own age: "age", "AgeYears", "anchor_age", "Alter". */
export const namesAge = (name: string): boolean => has(wordsOf(name), AGES) && !has(wordsOf(name), NO_AGES);

const OUTCOMES = setOf(
  "outcome target class classification label death dead died mortality expire expired deceased event survival survived verstorben tod outcome1 ergebnis",
);
/** Named like what a model would predict. "status" counts alone or beside "vital", not in "marital status". */
export function namesOutcome(name: string): boolean {
  const words = wordsOf(name);
  return (
    has(words, OUTCOMES) ||
    words.some((word) => word.endsWith("mortality")) ||
    (words.at(-1) === "status" && (words.length === 1 || words[0] === "vital"))
  );
}

const PLACES =
  /^(site|sites|hospital|hosp|centre|center|clinic|institution|facility|practice|klinik|krankenhaus|standort|zentrum|region|country|province|state|district|land|ward|wards|unit|station|department|abteilung)$/;
const LINKS = /^(x|y|id|no|nr|code|name|type|of|the|native|home|study|treating|enrolling|recruiting)$/;

/** Whether a column's name says that it tells a place: "hospitalid", "study_site", "Region", "ward". */
export function namesPlace(name: string): boolean {
  const words = wordsOf(name).map((word) => word.replace(/(?<=.{3})(id|type|code)$/, ""));
  return (
    words.some((word) => PLACES.test(word)) && words.every((word) => PLACES.test(word) || LINKS.test(word))
  );
}

const DAYS = setOf("date dates datum fecha birthdate dob dod geburtsdatum");
/** Named like a day of the calendar. */
export const namesDay = (name: string): boolean =>
  has(wordsOf(name), DAYS) || /(date|datum)$/.test(wordsOf(name).at(-1) ?? "");

const DATES = setOf("day tag dt dtm dtc datetime timestamp zeitpunkt uhrzeit hora heure");
export const namesDate = (name: string): boolean =>
  namesDay(name) || wordsOf(name).some((word) => DATES.has(word) || /(time|zeit)$/.test(word));
