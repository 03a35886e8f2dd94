import type { Limit } from "../table.ts";

/** A cell cut into what stands around its number: "< 0,5 mg/l" is a limit below, "0,5" and the unit " mg/l". */
export interface CutCell {
  /** the digits with their marks and sign, as readNumber takes them */
  readonly number: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly limit?: CutLimit;
}

export interface CutLimit {
  readonly side: Limit["side"];
  /** The number itself may be meant too: "≤0.5", "90+". */
  readonly inclusive: boolean;
}

const BELOW =
  /^(?:(<=|=<|≤|⩽|up to |at most |bis |höchstens |jusqu'à |hasta |fino a )|<|less than |under |below |unter |kleiner als |weniger als |moins de |menos de |meno di )\s*/i;
const ABOVE =
  /^(?:(>=|=>|≥|⩾|at least |mindestens |au moins |al menos |almeno )|>|more than |greater than |over |above |über |größer als |mehr als |plus de |más de |più di |oltre )\s*/i;
/** What may follow a least value: "90+", "90 and over", "90 und älter". */
const OR_MORE =
  /\s?(?:\+| (?:and|or) (?:over|older|above|more)| (?:und|oder) (?:älter|mehr|darüber)| (?:et|ou) plus| (?:y|o) más| (?:e|o) più)$/i;

const CURRENCY = "[$€£¥₹]|USD|EUR|GBP|CHF|AUD|CAD|Rs\\.?";
const PARTS = new RegExp(
  `^([+\\u2212\\u2013-]?)((?:${CURRENCY})?[\\u0020\\u00a0]?)([+\\u2212\\u2013-]?(?:\\d[\\d.,'\\u0020\\u00a0\\u202f\\u2019]*|[.,]\\d+)(?:[eE][+-]?\\d{1,3}(?!\\d))?)(.*)$`,
  "u",
);
/** Powers of ten are part of the unit: "5.2 10^9/L". */
const POWER_UNIT = /^(.*?)([\u0020\u00a0]?(?:[x×*][\u0020\u00a0]?)?10(?:[\^*]\d{1,2}|[²³⁶⁹]|\^?\d)\/\S+)$/u;
/** A unit starts with a letter or a sign and holds no comma, colon or semicolon. */
const UNIT =
  /^[\u0020\u00a0]?(?:[%‰°′″€$£¥₹]|(?:[x×*][\u0020\u00a0]?)?10[\^*²³⁶⁹\d]|\/?[\p{L}µμ])[\p{L}\p{No}\d %‰°µμ/.^*·×()[\]⁻-]*$/u;
const LONGEST_UNIT = 28;
const MOST_WORDS = 4;
/** Letters that are units right behind a digit; others make a code of it: "12A". */
const UNIT_LETTER = /^[hdsmgyJLKUVWCFNDl]$/;

/** `text` (trimmed) in its parts; undefined where it is not one number with a limit's sign or a unit at most. */
export function cutCell(text: string): CutCell | undefined {
  if (text.length > 60) return undefined;
  const { rest, limit } = withoutLimit(text);
  const power = POWER_UNIT.exec(rest);
  const parts = PARTS.exec(power?.[1] ?? rest);
  if (parts === null) return undefined;
  const [, sign = "", prefix = "", digits = "", behind = ""] = parts;
  const number = digits.trimEnd();
  const suffix = digits.slice(number.length) + behind + (power?.[2] ?? "");
  if ((sign !== "" && /^[+\u2212\u2013-]/.test(number)) || !isUnit(suffix)) return undefined;
  return {
    number: sign + number,
    prefix: prefix.trim() === "" ? "" : prefix,
    suffix,
    ...(limit && { limit }),
  };
}

function withoutLimit(text: string): { readonly rest: string; readonly limit?: CutLimit } {
  for (const [pattern, side] of [
    [BELOW, "below"],
    [ABOVE, "above"],
  ] as const) {
    const found = pattern.exec(text);
    if (found !== null)
      return { rest: text.slice(found[0].length), limit: { side, inclusive: found[1] !== undefined } };
  }
  const more = OR_MORE.exec(text);
  return more !== null && /\d/.test(text.charAt(0))
    ? { rest: text.slice(0, more.index), limit: { side: "above", inclusive: true } }
    : { rest: text };
}

function isUnit(suffix: string): boolean {
  if (suffix === "") return true;
  const bare = suffix.trim();
  if (
    suffix.length > LONGEST_UNIT ||
    bare.split(/\s+/).length > MOST_WORDS ||
    !UNIT.test(suffix) ||
    DATED.test(suffix)
  )
    return false;
  return suffix !== bare || bare.length > 1 || !/\p{L}/u.test(bare) || UNIT_LETTER.test(bare);
}

/** "12 Jan 2020", "10 PM": dates and times that lack a format. */
const DATED =
  /\d{4}|^\.?[\s-]?(?:jan|f[eé]b|m[aä]r|apr|avr|abr|ma[iyg]|ju[nlié]|gi[u]|lug|a[uo][gû]|sep|set|o[kc]t|ott|nov|d[eé][zc]|dic|ene|gen|am|pm|uhr)[\p{L}]*\.?(?=[\s\d-]|$)/iu;

const MICRO = /^u(?=g\b|mol|l\b|kat|iu)/;

/** The same for all spellings of a unit: "mmol/L" and "mmol/l", "day" and "days", "ug" and "µg". */
export function unitKey(affix: string): string {
  const key = affix
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\.$/, "")
    .toLowerCase()
    .replace(/μ/g, "µ")
    .replace(MICRO, "µ");
  if (!/^\p{L}{3,}$/u.test(key)) return key;
  return key.length === 3 ? key.replace(/s$/, "") : key.replace(/(?:es|en|s|n|e|i|o)$/, "");
}
