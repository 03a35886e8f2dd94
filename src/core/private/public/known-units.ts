import { quantities } from "../../clinic/ranges/reference-ranges.ts";
import { unitKey } from "../../table/formats/cut-number.ts";

/** Of time, size, parts and money, beside those of clinical quantities. */
const OTHERS =
  "s sec second min minute h hr hour d day w wk week mo month y yr year Sekunde Minute Stunde Std Tag Woche Monat Jahr jour semaine mois an día mes año giorno " +
  "% ‰ ° °C °F C F K mm cm m km in ft mm² cm² m² cm³ ml mL cl dl l L µl ng µg ug mcg mg g kg lb oz t mol mmol µmol nmol pmol mEq IU U mU kU " +
  "mg/d mg/kg g/d ml/h ml/min l/min kg/m² kg/m2 mmHg cmH2O kPa Pa bar bpm /min 1/min Hz kHz ms V mV mA W J kJ kcal Gy mGy Sv mSv Bq MBq dB " +
  "points Punkte score patients Patienten pack-years $ € £ ¥ USD EUR GBP CHF";

const known = new Set(
  [...OTHERS.split(" "), ...quantities.flatMap(({ units }) => units.map(({ unit }) => unit))].map(unitKey),
);

/**
 * Whether a unit is one that everybody knows, by a list of this lab. What stands behind a number in a cell may be a unit or anything else,
 * a patient's name among it: "5.0 mg", "5.0 Maria". A text that the column's own name has is as public as the name.
 */
export const isKnownUnit = (text: string, column: string): boolean =>
  known.has(unitKey(text)) || wordsIn(column).includes(` ${wordsIn(text).trim()} `);

const wordsIn = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
