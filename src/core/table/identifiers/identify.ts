import type { RawCells } from "../read/column-cells.ts";
import { holdsDates, type Facts } from "../read/kinds/column-facts.ts";
import type { IdentifierClass } from "../identifies.ts";
import { isDated, levelOf } from "../formats/dates/tokens.ts";
import type { Kind } from "../table.ts";
import { birthInWords, type DatedRows } from "./birth-dates.ts";
import { CELL_FORMS, CLINICAL_CODE, couldBePhone, isPhone } from "./cell-forms.ts";
import { namedAs, namesOwnAge, namesQuantity, plainName, type Named } from "./column-words.ts";
import { areDays, issuedInWords, spreadOf, type Spread } from "./issued-numbers.ts";
import { mentionsPerson, nameLook, namesInWords } from "./person-names.ts";
import { areGrades, couldBeAddress, couldBePostcode, isAddress, isPostcode } from "./places.ts";

/** What a column can tell of a person, and what becomes of it. */
export interface Identified {
  readonly what: IdentifierClass;
  /** one sentence, with counts and without a cell */
  readonly why: string;
  /** left out of training, or learned and only pointed out */
  readonly out: boolean;
  /** its kind where what it is decides that: identifiers come out as fresh ids, texts empty */
  readonly kind?: Kind;
}

/** A column as it is looked at. */
export interface SeenColumn {
  readonly facts: Facts;
  readonly cells: RawCells;
  /** codes of a clinical system */
  readonly coded?: boolean;
}

/** Distinct texts that are looked at. */
const TEXTS = 2000;
/** Characters of each that are looked at: nothing that names a person is longer. */
const LONGEST = 400;
/** At most so many different codes are levels, whatever they are called. */
const FEW = 10;

/** Characters of the shortest national number; a social security number may be cut to its last four. */
const LEAST_NATIONAL = 6;

interface Look {
  readonly facts: Facts;
  readonly named: Named;
  readonly plain: string;
  /** distinct texts, at most 2,000 over the whole column */
  readonly texts: readonly string[];
  readonly spread: Spread | undefined;
  /** many different ones: no few levels that rows share */
  readonly varied: boolean;
  readonly isDate: boolean;
}

function textsOf({ facts, cells }: SeenColumn): string[] {
  if (facts.texts !== undefined) {
    const { levels } = facts.texts;
    const step = Math.max(1, Math.ceil(levels.length / TEXTS));
    return levels.filter((_, i) => i % step === 0).map((text) => text.slice(0, LONGEST));
  }
  if (cells.type !== "values" || cells.reading.type === "dates") return [];
  const step = Math.max(1, Math.ceil(cells.values.length / TEXTS));
  const some = cells.values.filter((value, i) => i % step === 0 && !Number.isNaN(value));
  return [...new Set(Array.from(some, String))];
}

function lookAt(seen: SeenColumn): Look {
  const { facts } = seen;
  return {
    facts,
    named: namedAs(facts.name),
    plain: plainName(facts.name),
    texts: textsOf(seen),
    spread: spreadOf(facts, seen.cells),
    varied: facts.distinct > FEW && (facts.distinct > 50 || facts.distinct > 0.15 * facts.present),
    isDate: holdsDates(facts),
  };
}

const shareOf = (texts: readonly string[], fits: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(fits).length / texts.length;

const percent = (share: number): string =>
  share === 1 ? "all" : `${(100 * share).toFixed(1).replace(/\.0$/, "")}%`;

/**
 * What `seen` can tell of a person; undefined where nothing speaks for it. `rows`: its dates beside the other dates of its
 * rows. A date is a birth date or a date, whatever its name; nothing else.
 */
export function identify(seen: SeenColumn, rows?: DatedRows): Identified | undefined {
  const look = lookAt(seen);
  const { facts } = look;
  if (facts.present === 0) return undefined;
  if (facts.distinct === 1) return constantPerson(look);
  if (look.isDate && seen.coded !== true) return dated(look, rows);
  return (
    (seen.coded === true ? undefined : byForm(look)) ??
    coordinates(look) ??
    byName(look) ??
    byPerson(look) ??
    byMention(look) ??
    byPlace(look) ??
    byPhone(look) ??
    ageOver89(look) ??
    (seen.coded === true ? undefined : (byNumbers(look) ?? byCode(look)))
  );
}

/** Why a column of that class is not learned. */
export function leftOutInWords(what: IdentifierClass): string {
  if (what === "birth-date") return "Left out: a full date of birth can point to a person.";
  if (what === "small-area" || what === "coordinates")
    return "Left out: with other columns it can point to a person.";
  if (what === "free-text") return "Left out: it may name people, and it is not learned.";
  return "Left out: it names people, and it is not learned.";
}

const out = (what: IdentifierClass, why: string, kind: Kind): Identified => ({ what, why, out: true, kind });

/** What comes out as fresh ids of the same form unless a person wants otherwise; the other classes come out empty. */
const FRESH: ReadonlySet<IdentifierClass> = new Set<IdentifierClass>([
  "record-number",
  "unique-code",
  "device",
]);
const kindFor = (what: IdentifierClass): Kind => (FRESH.has(what) ? "identifier" : "text");

/** A value that every row has is kept, unless it names somebody. */
function constantPerson({ texts, named }: Look): Identified | undefined {
  const fits = CELL_FORMS.find((form) => form.what !== "vehicle" && texts.every(form.fits));
  if (fits !== undefined) return out(fits.what, `The one value is one of ${fits.called}.`, "text");
  const titled = nameLook(texts).titled === 1;
  if (named.person || titled) return out("name", "The one value is a name.", "text");
  return undefined;
}

function dated({ named, facts }: Look, rows: DatedRows | undefined): Identified | undefined {
  if (named.classes.includes("birth-date"))
    return { what: "birth-date", why: "Named like a date of birth.", out: true };
  const serial = facts.date?.pattern === "SERIAL";
  const why = rows && !serial ? birthInWords(rows) : undefined;
  if (why !== undefined) return { what: "birth-date", why, out: true };
  const level = facts.date === undefined ? "year" : levelOf(facts.date.pattern);
  if (facts.date === undefined || !isDated(facts.date.pattern) || level === "year") return undefined;
  return { what: "date", why: level === "month" ? "Dates by the month." : "Full dates.", out: false };
}

function byForm({ texts, facts }: Look): Identified | undefined {
  for (const { what, called, fits, share, least, varied } of CELL_FORMS) {
    if (texts.length < least || (varied ?? 0) * facts.present > facts.distinct) continue;
    const found = shareOf(texts, fits);
    if (found < share) continue;
    const first = `${called.charAt(0).toUpperCase()}${called.slice(1)}`;
    return out(
      what,
      found === 1 ? `${first}.` : `${first}, in ${percent(found)} of the texts.`,
      kindFor(what),
    );
  }
  return undefined;
}

/** Codes that are given out: letters and digits, at least three of these, in one piece or few. */
const CODE = /^(?=(.*\d){3})[\p{L}\d]+([ ./_:#-][\p{L}\d]+){0,8}$/u;

/** Issued one to a person or a case, not counted from 1 to a dozen and not measured. */
function codesLike({ texts, facts, spread, varied, plain }: Look): boolean {
  if (!varied || facts.writing.decimals > 0) return false;
  if (spread !== undefined) {
    if (areDays(spread)) return false;
    const counts = /(^| )(visit|episode|order|sample|stay|admission|encounter|bill|invoice|house)/.test(
      plain,
    );
    return spread.greatest >= 1000 || spread.different === 1 || (!counts && spread.different > 0.15);
  }
  return shareOf(texts, (text) => CODE.test(text)) >= 0.7;
}

/** What the cells of each class must be, where the column is named like it. */
function fitsName(what: IdentifierClass, look: Look): boolean {
  const { texts, varied, facts } = look;
  const share = (fits: (text: string) => boolean): number => shareOf(texts, fits);
  switch (what) {
    case "email":
      return share((text) => text.includes("@")) >= 0.3;
    case "ip-address":
      return (
        share((text) => /^[\da-f.:*x]+$/i.test(text) && /[.:]/.test(text)) >= 0.8 && facts.numberShare < 0.5
      );
    case "web-address":
      return (
        varied &&
        share((text) => /[./@]\w|^@/.test(text) && !/\s/.test(text)) >= 0.6 &&
        facts.numberShare < 0.5
      );
    case "photo":
    case "biometric":
      return varied && facts.writing.decimals === 0 && share((text) => /\d|[/.\\_]/.test(text)) >= 0.6;
    case "phone":
      return facts.distinct > FEW && share(couldBePhone) >= 0.6;
    case "address":
      return (
        !look.named.thing &&
        ((facts.distinct > 3 && share(couldBeAddress) >= 0.3) ||
          (facts.distinct > 20 &&
            varied &&
            facts.numberShare < 0.5 &&
            /addr|anschrift|indirizzo|direccion|street/.test(look.plain)) ||
          (/house|hausn|civico/.test(look.plain) &&
            varied &&
            share((text) => /^\d+ ?[a-z]?([/-]\d+)?$/i.test(text)) >= 0.8))
      );
    case "birth-date":
      return varied && facts.numberShare < 0.5 && share((text) => /\d{2}/.test(text)) >= 0.8;
    case "national-number":
      return (
        (/ssn|social/.test(look.plain) || share((text) => text.length >= LEAST_NATIONAL) >= 0.5) &&
        codesLike(look)
      );
    default:
      return codesLike(look);
  }
}

const WORDS: Partial<Record<IdentifierClass, string>> = {
  "record-number": "record number",
  "account-number": "number of an account or a bill",
  "national-number": "national identity number",
  "insurance-number": "insurance number",
  "licence-number": "licence number",
  "unique-code": "code of one person or case",
  "ip-address": "network address",
  "web-address": "web address",
  "birth-date": "date of birth",
  phone: "phone number",
  email: "e-mail address",
  device: "serial number of a device",
  vehicle: "vehicle",
  photo: "picture",
  biometric: "biometric sample",
  address: "address",
};

function byName(look: Look): Identified | undefined {
  const { named, facts } = look;
  const what = named.classes.find((one) => fitsName(one, look));
  if (what === undefined) return undefined;
  const words = WORDS[what] ?? what;
  const article = /^[aeiou]/.test(words) ? "an" : "a";
  const different = `${facts.distinct.toLocaleString("en")} different in ${facts.present.toLocaleString("en")} rows`;
  return out(what, `Named like ${article} ${words}; ${different}.`, kindFor(what));
}

function byPerson(look: Look): Identified | undefined {
  const { named, facts, texts } = look;
  if (facts.numberShare > 0.3) return undefined;
  const letters = texts.filter((text) => /\p{L}/u.test(text));
  if (letters.length < 0.7 * texts.length) return undefined;
  if (named.person && shareOf(texts, (text) => text.length <= 80) >= 0.8 && facts.distinct > 2)
    return out("name", "Named like names of persons.", "text");
  const levels = facts.texts?.levels.length ?? letters.length;
  const words = namesInWords(nameLook(letters), levels, { maybe: named.maybePerson, thing: named.thing });
  if (words === undefined) return undefined;
  return out("name", `${words.charAt(0).toUpperCase()}${words.slice(1)}.`, "text");
}

/** Rows of a text from which on it would come out. */
const SHARED = 5;

/** Texts that many rows share and that speak of a person by name. */
function byMention({ named, facts }: Look): Identified | undefined {
  if (named.thing || facts.texts === undefined) return undefined;
  const { levels, counts } = facts.texts;
  if (!levels.some((text, i) => (counts[i] as number) >= SHARED && mentionsPerson(text))) return undefined;
  return out("free-text", "Some of its texts speak of a person by name.", "text");
}

function byPlace(look: Look): Identified | undefined {
  const { named, facts, texts, spread } = look;
  const addresses = shareOf(texts, isAddress);
  if (addresses >= 0.5 && texts.length >= 5) return out("address", "Streets with numbers.", "text");
  const measured = facts.writing.decimals > 0 || (spread !== undefined && spread.greatest < 1000);
  const codes = named.postcode && !measured && shareOf(texts, couldBePostcode) >= 0.8;
  if (codes && (facts.distinct > FEW || facts.distinct === facts.present))
    return {
      what: "small-area",
      why: `A postcode by its name, with ${facts.distinct.toLocaleString("en")} different codes.`,
      out: true,
      kind: "category",
    };
  if (texts.length > FEW && shareOf(texts, isPostcode) >= 0.9 && !areGrades(texts))
    return { what: "small-area", why: "Postcodes.", out: true, kind: "category" };
  const town =
    named.place && facts.numberShare < 0.2 && shareOf(texts, (text) => /^\p{L}/u.test(text)) >= 0.8;
  if (codes || (town && facts.distinct > 1))
    return { what: "small-area", why: "Areas smaller than a state.", out: false };
  return undefined;
}

/** Degrees under a name for them, with two decimals or more. */
function coordinates({ named, facts }: Look): Identified | undefined {
  if (!named.classes.includes("coordinates") || facts.numberShare < 0.9) return undefined;
  if (facts.writing.decimals < 2 || facts.low < -180 || facts.high > 180) return undefined;
  return { what: "coordinates", why: "Named like a latitude or longitude, in degrees.", out: true };
}

function byPhone({ texts, facts }: Look): Identified | undefined {
  if (facts.distinct <= FEW || facts.distinct < 0.1 * facts.present) return undefined;
  const share = shareOf(texts, isPhone);
  return share >= 0.85
    ? out("phone", `Phone numbers, in ${percent(share)} of the texts.`, "text")
    : undefined;
}

function ageOver89({ plain, facts }: Look): Identified | undefined {
  if (!namesOwnAge(plain) || facts.numberShare < 0.8) return undefined;
  if (facts.low < 0 || facts.high <= 89) return undefined;
  return { what: "age-over-89", why: "Ages over 89.", out: false };
}

function byNumbers({ spread, plain, named, facts }: Look): Identified | undefined {
  if (spread === undefined || namesQuantity(plain) || named.thing || facts.marks.thousandsMark !== "")
    return undefined;
  const why = facts.leadingZeros
    ? facts.distinct > 0.9 * facts.present && facts.present >= 20
      ? "Numbers with leading zeros, nearly all different."
      : undefined
    : issuedInWords(spread);
  return why === undefined ? undefined : out("record-number", why, "identifier");
}

/** Fewest characters of codes that are drawn at random. */
const LEAST_DRAWN = 6;

/** Whether all are of one length and mix letters and digits in ever other ways, as no system of codes does. */
function areDrawn(texts: readonly string[]): boolean {
  const length = texts[0]?.length ?? 0;
  if (length < LEAST_DRAWN || texts.some((text) => text.length !== length || !/^[\p{L}\d]+$/u.test(text)))
    return false;
  const makes = new Set(texts.map((text) => text.replace(/\d/g, "9").replace(/\p{L}/gu, "A")));
  return makes.size >= 0.4 * texts.length && makes.size >= 10;
}

/** Codes of one make with four digits or more that are no codes of a clinical system, many of them different. */
function byCode({ texts, facts, named }: Look): Identified | undefined {
  if (facts.numberShare > 0.5 || named.thing || facts.present < 20) return undefined;
  if (facts.distinct <= 20) return undefined;
  if (areDrawn(texts))
    return out("unique-code", "Letters and digits as if drawn at random, of one length.", "identifier");
  if (facts.distinct < 0.2 * facts.present) return undefined;
  if (shareOf(texts, (text) => CLINICAL_CODE.test(text)) > 0.5) return undefined;
  const makes = new Map<string, number>();
  for (const text of texts) {
    const make = /^(\D*)\d{4,}(\D\d+)*$/.exec(text)?.[1];
    if (make !== undefined) makes.set(make, (makes.get(make) ?? 0) + 1);
  }
  const most = Math.max(0, ...makes.values());
  if (most < 0.9 * texts.length) return undefined;
  return out("unique-code", "Numbered codes of one make, many of them different.", "identifier");
}
