import * as check from "./check-digits.ts";
import type { IdentifierClass } from "../identifies.ts";

/** Cells that are an identifier whatever their column is called, by their form. */
export interface CellForm {
  readonly what: IdentifierClass;
  /** What such cells are called in a sentence: "e-mail addresses". */
  readonly called: string;
  readonly fits: (text: string) => boolean;
  /** Least share of the distinct texts that must fit, and how many of them there must be. */
  readonly share: number;
  readonly least: number;
  /** The form says much less where most cells repeat a few texts: needs this share of different cells. */
  readonly varied?: number;
}

const form = (
  what: IdentifierClass,
  called: string,
  fits: RegExp | ((text: string) => boolean),
  { share = 0.9, least = 5, varied }: { share?: number; least?: number; varied?: number } = {},
): CellForm => ({
  what,
  called,
  fits: typeof fits === "function" ? fits : (text) => fits.test(text),
  share,
  least,
  ...(varied !== undefined && { varied }),
});

const UUID = /^[{(]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[)}]?$/i;
/** A reference between FHIR resources of a person or a stay. */
const REFERENCE =
  /^(https?:\/\/[^\s/]+\/(\S+\/)?)?(Patient|Person|RelatedPerson|Encounter|EpisodeOfCare)\/[A-Za-z0-9.-]{1,64}$/;
const OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}(/\\d\\d?|:\\d{1,5})?$`);
const IPV6 = /^(?=(.*:){2})([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$/i;
const MAC = /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;
const EMAIL = /^<?(mailto:)?[^\s@]+@[^\s@]+\.[a-z]{2,}>?$/i;
const WEB =
  /^(https?:\/\/|ftp:\/\/|www\.)\S+$|^[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|org|net|de|fr|es|it|uk|eu|info|io)(\/\S*)?$/i;
const PICTURE = /\.(jpe?g|png|gif|bmp|tiff?|heic|webp|dcm|dicom)$|^data:image\/|^\/9j\/[A-Za-z0-9+/]{20}/i;
const RECORDING = /\.(wav|mp3|m4a|flac|ogg|aac|wsq|fpt|ansi|iso19794|fmr|mp4|mov|avi)$/i;
const UDI = /^\(01\)\d{14}(\(\d\d\)[A-Z0-9-]+)*$|^01\d{14}(17\d{6})?(10|21)[A-Z0-9]+$/i;
const POINT =
  /^\(?\s*[-+]?\d{1,2}\.\d{3,}\s*[,; ]\s*[-+]?\d{1,3}\.\d{3,}\s*\)?$|^POINT ?\([-+\d. ]+\)$|^\d{1,2}°.*[NS][, ]+\d{1,3}°.*[EWO]$/i;
const PLATE =
  /^([A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}[EH]?|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}-?\d{1,4}|[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2}-\d{3}-[A-Z]{2}|\d{4} ?[BCDFGHJKLMNPRSTVWXYZ]{3}|[A-Z]{2} ?\d{3} ?[A-Z]{2}|\d{4} [A-Z]{2} \d{2}|[A-Z]{3}[- ]\d{4})$/;

/** Hexadecimal digests and other long random texts of one length. */
const HASH = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{16,128}$/i;
const TOKEN = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_+/-]{20,}={0,2}$/;

/** The first that fits is taken. */
export const CELL_FORMS: readonly CellForm[] = [
  form("email", "e-mail addresses", EMAIL, { share: 0.5, least: 2 }),
  form("record-number", "references to FHIR resources", REFERENCE, { least: 3 }),
  form("photo", "pictures or their file names", PICTURE, { share: 0.8, least: 3 }),
  form("biometric", "recordings or their file names", RECORDING, { share: 0.8, least: 3 }),
  form("web-address", "web addresses", WEB, { share: 0.8, least: 3 }),
  form("device", "network addresses of devices", MAC, { least: 3 }),
  form("ip-address", "IP addresses", (text) => IPV4.test(text) || IPV6.test(text), { share: 0.9, least: 3 }),
  form("unique-code", "UUIDs", UUID, { least: 3 }),
  form("device", "device identifiers (UDI)", UDI),
  form("vehicle", "vehicle identification numbers", check.isVin, { varied: 0.2 }),
  form("account-number", "bank accounts (IBAN, check digits fit)", check.isIban),
  form("unique-code", "hashes", HASH),
  form("unique-code", "random tokens", TOKEN),
  form("coordinates", "pairs of coordinates", POINT),
  form("national-number", "US social security numbers", check.isSsn, { varied: 0.1 }),
  form("national-number", "French social security numbers", (t) => check.isNir(t) || check.isNirStem(t)),
  form("national-number", "Italian tax codes (check letter fits)", check.isCodiceFiscale),
  form("national-number", "Spanish identity numbers (check letter fits)", check.isDni),
  form("national-number", "Swiss AHV numbers (check digit fits)", check.isAhv),
  form("national-number", "German pension insurance numbers (check digit fits)", check.isRvnr),
  form("insurance-number", "German health insurance numbers (check digit fits)", check.isKvnr),
  form("national-number", "UK national insurance numbers", check.isNino),
  form("account-number", "payment cards (check digit fits)", check.isPaymentCard, { least: 10 }),
  form("national-number", "NHS numbers (check digit fits)", check.isNhsNumber, { share: 0.95, least: 10 }),
  form("national-number", "German tax numbers (check digit fits)", check.isSteuerId, {
    share: 0.95,
    least: 10,
  }),
  form("national-number", "Dutch citizen numbers (check digit fits)", check.isBsn, {
    share: 0.95,
    least: 10,
  }),
  form("vehicle", "licence plates", PLATE, { least: 8, varied: 0.2 }),
];

/** National Drug Codes have the look of phone numbers. */
const DRUG_CODE = /^\d{4,5}-\d{3,4}-\d{1,2}$/;

const PHONES = [
  /^(\+|00)[1-9][\d ()./-]{7,18}$/,
  /^(1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}( ?(x|ext\.?) ?\d+)?$/,
  /^0\d{1,5}[ /-]+\d[\d -]{4,11}$/,
  /^\(0\d{1,4}\) ?\d[\d -]{4,9}$/,
  /^0\d([ .]\d\d){4}$/,
  /^0\d{9,11}$/,
  /^[679]\d{2} \d{3} \d{3}$|^[679]\d{2} \d{2} \d{2} \d{2}$/,
  /^3\d{2}[ -]\d{6,7}$/,
  /^3\d{2}[ -]\d{3}[ -]\d{4}$/,
  /^\d{3}\/\d{5,8}$/,
];

/** A phone number as it is written in one of the countries, with marks or a leading zero. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  if (digits < 7 || digits > 16 || DRUG_CODE.test(text)) return false;
  return PHONES.some((one) => one.test(text));
}

/** Any seven to fifteen digits with the marks of a phone number, for columns that are named like one. */
export const couldBePhone = (text: string): boolean =>
  /^[+(]?[\d ()./-]+( ?(x|ext\.?) ?\d+)?$/i.test(text) && /^(\D*\d){7,16}\D*$/.test(text);

/** Codes of clinical systems, which repeat between patients: ICD-10, OPS, ATC, LOINC, NDC, HCPCS, CPT, DRG. */
export const CLINICAL_CODE =
  /^([A-TV-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?[+*!]?|\d{3}\.\d{1,2}|[EV]\d{2,3}(\.\d{1,2})?|\d-\d{2}[0-9a-z](\.[0-9a-z]{1,2})?|[A-Z]\d{2}[A-Z]{0,2}\d{0,2}|\d{1,5}-\d|\d{4,5}-\d{3,4}-\d{1,2}|[A-V]\d{4}|\d{5}|[A-Z]\d{2}[A-Z]|HP:\d{7}|GO:\d{7}|MONDO:\d+|rs\d+)$/;
