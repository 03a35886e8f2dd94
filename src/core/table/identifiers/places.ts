/** What a cell says of where a person lives: streets, postcodes, coordinates. */

const STREETS = [
  /\p{L}{2}(straße|strasse|str\.?|gasse|platz|weg|allee|damm|ufer|chaussee|steig|ring|graben|promenade|hof|markt)\s+\d+\s?[a-z]?\b/iu,
  /\b(straße|strasse|str\.|platz|weg|allee|damm|ufer|gasse)\s+\d+\s?[a-z]?\b/iu,
  /\b\d+\w?,? .*\b(street|road|avenue|lane|drive|court|boulevard|way|place|square|terrace|crescent|close|gardens|grove|circle|parkway|highway|trail|loop)\b/i,
  /^\d+\w?,? ([NSEW]\.? )?\p{Lu}.* (st|rd|ave|ln|dr|ct|blvd|pl|sq|cir|pkwy|hwy|ter)\b\.?/iu,
  /^(\d+,? ?(bis|ter)?,? ?)?(rue|avenue|av\.|boulevard|bd|chemin|place|impasse|all[ée]e|quai|route|cours|passage) \p{L}/iu,
  /^(calle|c\/|avenida|avda\.?|av\.|plaza|pza\.?|pl\.|paseo|p\.º|camino|carretera|ctra\.?|ronda|traves[ií]a|pasaje|carrer) ?\p{L}/iu,
  /^(via|viale|v\.le|piazza|p\.zza|piazzale|corso|c\.so|vicolo|largo|strada|contrada|lungo\p{L}+|salita) \p{Lu}/u,
  /^(p\.? ?o\.? box|postfach|bo[iî]te postale|apartado|casella postale) \d/i,
];

const streets = (text: string): boolean => STREETS.some((one) => one.test(text));

/** A street word and a number: "Hauptstr. 5", "12 rue des Lilas", "Via Roma, 8". */
export const isAddress = (text: string): boolean => text.length >= 6 && /\d/.test(text) && streets(text);

const STREET_WORD =
  /(straße|strasse|str\.|gasse|platz|weg|allee|damm|ufer)$| (street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|way|place)\.?$|^(rue|avenue|boulevard|chemin|place|impasse|quai|calle|avenida|plaza|paseo|camino|via|viale|piazza|corso|largo) /iu;

/** A word and a house number, or the other way round: what a column that is named like an address holds. */
export const couldBeAddress = (text: string): boolean =>
  streets(text) ||
  STREET_WORD.test(text) ||
  /^\p{L}[\p{L}.' -]+,? \d+ ?[a-z]?\b|^\d+ ?[a-z]?,? \p{L}{2,}/iu.test(text);

const UK = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i;
const CANADA = /^[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d$/i;

/** Postcodes that are known by their form alone. */
export const isPostcode = (text: string): boolean =>
  UK.test(text) ||
  CANADA.test(text) ||
  /^\d{5}-\d{4}$/.test(text) ||
  /^(D|A|CH|F|I|E|L|NL|B)-\d{4,5}$/.test(text) ||
  /^\d{4} ?[A-Z]{2}$/.test(text);

/** Whether all have the same letters at the same places, as "E4V5M6" and "T1N0M0": grades, not postcodes. */
export function areGrades(texts: readonly string[]): boolean {
  const letters = new Set(texts.map((text) => text.toUpperCase().replace(/\d/g, "9")));
  return letters.size === 1 && /^(?:[A-Z]9){3}$/.test([...letters][0] as string);
}

/** What a column that is named like a postcode holds. */
export const couldBePostcode = (text: string): boolean =>
  isPostcode(text) ||
  /^\d{3,7}(\.0)?$/.test(text) ||
  /^[A-Z]{1,2}\d{1,2}[A-Z]?$/i.test(text) ||
  /^\d{3}(\*\*|xx)$/i.test(text) ||
  /^[EWSN]0\d{7}$/.test(text) ||
  /^\d{9,12}$/.test(text);
