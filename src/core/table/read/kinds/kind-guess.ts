import {
  namesBirth,
  namesContact,
  namesFreeText,
  namesId,
  namesNumberAlone,
  namesPerson,
  namesPostcode,
} from "../../column-names.ts";
import { dateWords } from "../../formats/dates/date-words.ts";
import { isDated } from "../../formats/dates/tokens.ts";
import { holdsDates, type Facts } from "./column-facts.ts";
import { codeSystem } from "./code-systems.ts";
import type { Identifies } from "../../identifies.ts";
import type { Kind, Measure } from "../../table.ts";
import { hasLimits, limitsInWords } from "./limits-among.ts";
import { yesAndNo } from "./levels/yes-no.ts";

export interface KindGuess {
  readonly kind: Kind;
  readonly reason: string;
  /** Left out of training whatever the rest of the table looks like, with the sentence that says so. */
  readonly omit?: string;
  readonly measure?: Measure;
  readonly system?: string;
  readonly identifies?: Identifies;
}

/** Most different values of a column of numbers that is learned as levels. */
export const FEW_VALUES = 10;
/** Least share of numbers (or dates) in a column that is read as such with the rest as missing. */
const MOSTLY = 0.8;
/** Most levels of a category that is learned by default. */
const MANY_LEVELS = 1000;

export const percent = (share: number): string =>
  `${(100 * share).toFixed(share < 0.1 || share > 0.9 ? 1 : 0)}%`;
const count = (n: number): string => n.toLocaleString("en");

export function inferKind(facts: Facts): KindGuess {
  if (facts.present === 0) {
    return {
      kind: "constant",
      reason: "Every cell is missing.",
      omit: "Left out: there is nothing to learn.",
    };
  }
  if (facts.distinct === 1 && facts.present === facts.rows) {
    return { kind: "constant", reason: "Every row has the same value; it is kept as it is." };
  }
  return (
    durations(facts) ??
    dates(facts) ??
    postcode(facts) ??
    clinicalCodes(facts) ??
    identifier(facts) ??
    numbers(facts) ??
    freeText(facts) ??
    codes(facts) ??
    levels(facts)
  );
}

function postcode(facts: Facts): KindGuess | undefined {
  if (!namesPostcode(facts.name) || facts.distinct <= FEW_VALUES) return undefined;
  return {
    kind: "category",
    reason: `A postcode by its name, with ${count(facts.distinct)} different codes.`,
    omit: "Left out: with other columns it can point to a person.",
  };
}

function clinicalCodes(facts: Facts): KindGuess | undefined {
  if (facts.texts === undefined) return undefined;
  const system = codeSystem({ name: facts.name, ...facts.texts });
  if (system === undefined) return undefined;
  const all = system.share === 1 ? "Every cell has" : `${percent(system.share)} of the cells have`;
  return {
    kind: "category",
    reason: `${all} the form of a code of ${system.name}; ${count(facts.distinct)} different ones, kept as they are written.`,
    measure: "code",
    system: system.name,
    ...tooMany(facts),
  };
}

/** Left out of training for its many levels. */
const tooMany = (facts: Facts): Pick<KindGuess, "omit"> =>
  facts.distinct > MANY_LEVELS
    ? { omit: `Left out: more than ${count(MANY_LEVELS)} levels, most of them rare.` }
    : {};

function identifier(facts: Facts): KindGuess | undefined {
  if (facts.writing.decimals > 0 && facts.numberShare > 0.5) return undefined;
  const rows = Math.max(1, facts.present);
  if (namesId(facts.name)) {
    const person = namesPerson(facts.name);
    const enough = person ? facts.distinct > FEW_VALUES : facts.distinct > 50 || facts.distinct > 0.2 * rows;
    if (!enough && facts.distinct < rows) return undefined;
    return {
      kind: "identifier",
      reason:
        facts.distinct === facts.present
          ? "Named like a record number and different in every row."
          : `Named like a record number; ${count(facts.distinct)} different ones in ${count(facts.present)} rows.`,
    };
  }
  if (
    namesNumberAlone(facts.name) &&
    facts.numberShare === 1 &&
    facts.rows >= 20 &&
    facts.distinct > 0.9 * rows
  )
    return { kind: "identifier", reason: "Named like a running number and different in nearly every row." };
  if (facts.sequential && facts.rows >= 20) {
    return { kind: "identifier", reason: "Whole numbers that rise by one from row to row: a row number." };
  }
  return undefined;
}

function dates(facts: Facts): KindGuess | undefined {
  const { date } = facts;
  if (date === undefined || !holdsDates(facts) || areLoinc(facts, date.pattern)) return undefined;
  const share = facts.dateShare === 1 ? "Every cell" : `${percent(facts.dateShare)} of the cells`;
  const rest = facts.dateShare === 1 ? "" : "; the others are read as missing";
  const settled = date.ambiguous
    ? ` Day and month could be the other way round in ${date.format.others ? "some" : "all"} of them.`
    : "";
  const birth = namesBirth(facts.name);
  return {
    kind: "datetime",
    reason: `${share} can be read as ${dateWords(date.format)}${rest}.${settled}`,
    ...(isDated(date.pattern) ? {} : { measure: "clock" }),
    ...(birth ? { omit: "Left out: a full date of birth can point to a person." } : {}),
  };
}

/** "2093-3" is a code of LOINC and would be a month of 2093 as well. */
const areLoinc = ({ name, texts }: Facts, pattern: string): boolean =>
  pattern === "YYYY-M" && texts !== undefined && codeSystem({ name, ...texts })?.name === "LOINC";

function durations({ durations: clock }: Facts): KindGuess | undefined {
  if (clock === undefined) return undefined;
  const unit = clock.endsWith("ss") ? "seconds" : "minutes";
  return {
    kind: "integer",
    reason: `Every cell is a duration, written ${clock}, some of them beyond a day; learned in ${unit}.`,
    measure: "duration",
  };
}

function numbers(facts: Facts): KindGuess | undefined {
  if (facts.leadingZeros || facts.numberShare < MOSTLY) return undefined;
  const limited = facts.limits.length > 0;
  if (limited && !hasLimits(facts)) return undefined;
  if (facts.numberShare < 1 && !limited && facts.numbers <= FEW_VALUES) return undefined;
  const pair = yesNo(facts);
  if (pair !== undefined) return pair;
  const few =
    facts.numbers <= (facts.unit === undefined ? FEW_VALUES : 2) && facts.present >= 5 * facts.numbers;
  if (few && facts.texts !== undefined) {
    return {
      kind: "category",
      reason: `Numbers with only ${facts.numbers} different value${facts.numbers === 1 ? "" : "s"}, learned as levels.`,
    };
  }
  const whole = facts.writing.decimals === 0;
  const all =
    facts.numberShare === 1
      ? whole
        ? `Every cell is a whole number${facts.limits.length > 0 ? " or a limit" : ""}.`
        : `Numbers with up to ${facts.writing.decimals} decimal${facts.writing.decimals === 1 ? "" : "s"}.`
      : `${percent(facts.numberShare)} of the cells are numbers; the others are read as missing.`;
  const marks = facts.marks.decimalMark === "," && !whole ? " Written with a decimal comma." : "";
  const unit =
    facts.unit === undefined ? "" : ` The unit ${facts.unit} stands in the cells and is written again.`;
  return { kind: whole ? "integer" : "decimal", reason: all + marks + unit + limitsInWords(facts) };
}

function yesNo({ texts }: Facts): KindGuess | undefined {
  if (texts === undefined || yesAndNo(texts.levels) === undefined) return undefined;
  return { kind: "boolean", reason: `Two values, ${texts.levels.join(" and ")}.` };
}

interface Wording {
  readonly length: number;
  readonly words: number;
  readonly lines: boolean;
  readonly digits: number;
}

/** Means over the distinct texts (at most 2,000 of them). */
function wordingOf(levels: readonly string[]): Wording {
  const some = levels.slice(0, 2000);
  let length = 0;
  let words = 0;
  let digits = 0;
  for (const text of some) {
    length += text.length;
    words += text.split(/\s+/).length;
    if (/\d/.test(text)) digits++;
  }
  return {
    length: length / some.length,
    words: words / some.length,
    lines: some.some((text) => /[\r\n]/.test(text)),
    digits: digits / some.length,
  };
}

/** Rows for each level, on average, from which on the same words are chosen from a list rather than written. */
const ROWS_A_LEVEL = 5;
/** Characters of the longest such words, on average. */
const LONG_LEVEL = 120;
/** Most characters of an address (RFC 5321). */
const LONGEST_MAIL = 254;
const isMail = (text: string): boolean => text.length <= LONGEST_MAIL && /^\S+@\S+\.\S+$/.test(text);

const isOfferedAgain = (facts: Facts): boolean => facts.present >= ROWS_A_LEVEL * facts.distinct;

function freeText(facts: Facts): KindGuess | undefined {
  if (facts.texts === undefined) return undefined;
  const it = wordingOf(facts.texts.levels);
  if (isOfferedAgain(facts) && !it.lines && it.length <= LONG_LEVEL) return undefined;
  const varied = facts.distinct > 20 && facts.distinct > 0.3 * facts.present;
  const omit = "Left out: it may name people, and it is not learned.";
  if (namesContact(facts.name) && varied) {
    return { kind: "text", reason: "Named like a name or an address and different in most rows.", omit };
  }
  if (facts.texts.levels.filter(isMail).length > 0.5 * facts.distinct) {
    return { kind: "text", reason: "Looks like e-mail addresses.", omit };
  }
  const why = it.lines
    ? "Some cells run over several lines."
    : namesFreeText(facts.name) && (it.words >= 3 || varied)
      ? "Named like a remark and written in words."
      : it.length > 40 && it.words > 4 && facts.distinct > 20
        ? "Long texts of several words."
        : varied && facts.distinct > 0.5 * facts.present && it.words >= 2 && it.digits < 0.5
          ? "Texts of several words, different in most rows."
          : undefined;
  return why === undefined ? undefined : { kind: "text", reason: why, omit };
}

/** Letters and digits, at least one of these, with points and dashes between: "X31Q", "P-00017", a UUID. */
const CODE = /^(?=.*\d)[\p{L}\p{N}]+([._:-][\p{L}\p{N}]+)*$/u;

function codes(facts: Facts): KindGuess | undefined {
  if (facts.texts === undefined) return undefined;
  const share = facts.distinct / facts.present;
  if (facts.present < 20 || share < 0.9 || facts.dateShare > 0.3) return undefined;
  const it = wordingOf(facts.texts.levels);
  if (it.words > 1.5 || it.length > 64) {
    return {
      kind: "text",
      reason: "Texts that are different in most rows.",
      omit: "Left out: it may name people, and it is not learned.",
    };
  }
  const shaped = facts.texts.levels.filter((text) => CODE.test(text)).length;
  if (shaped < 0.9 * facts.distinct) {
    return {
      kind: "category",
      reason: "Texts that are different in most rows.",
      omit: "Left out: a level that few rows share can point to a person.",
    };
  }
  return {
    kind: "identifier",
    reason:
      share === 1 ? "Codes that are different in every row." : `Codes, ${percent(share)} of them different.`,
  };
}

function levels(facts: Facts): KindGuess {
  const pair = yesNo(facts);
  if (pair !== undefined) return pair;
  const reason = `${count(facts.distinct)} level${facts.distinct === 1 ? "" : "s"} in ${count(facts.present)} cell${facts.present === 1 ? "" : "s"}.`;
  const numeric =
    facts.numberShare >= 0.2 && !facts.leadingZeros
      ? ` ${percent(facts.numberShare)} of the cells are numbers.`
      : "";
  const zeros = facts.leadingZeros ? " Leading zeros: codes, not numbers." : "";
  return {
    kind: "category",
    reason: reason + numeric + zeros,
    ...tooMany(facts),
  };
}
