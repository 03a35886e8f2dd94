import { FaultError } from "../../../fault.ts";
import { writeName } from "../../../rules/language/cursor.ts";
import { nearestName } from "../../../rules/language/rule-columns.ts";
import type { Table } from "../../../table/table.ts";
import { knownColumns } from "../../ranges/known-quantities.ts";
import { namedQuantity, quantityNamed } from "../../ranges/quantity-names.ts";
import { unitWritten } from "../../ranges/unit-conversions.ts";
import { conceptNames } from "../concepts/column-concepts.ts";
import { eventNamed } from "../concepts/dated-concepts.ts";
import { isYesNo, stateNamed, yesIn } from "../concepts/stated-concepts.ts";

/**
 * A rule as people say it, in the rule language: "ejection_fraction between 5 and 85", "discharge after admission", "if
 * pregnant then female". undefined where the text has none of these forms. Throws FaultError `rule-unreadable` where it
 * has one and a name in it is neither a column's nor a quantity's.
 */
export function plainRule(text: string, table: Table): string | undefined {
  const only = /^\s*(.+?)\s+only\s+(?:if|where|when|in)\s+(.+?)\s*$/is.exec(text);
  if (only !== null) return plainRule(`if ${only[1] ?? ""} then ${only[2] ?? ""}`, table);
  const implied = /^\s*if\s+(.+?)\s+then\s+(.+?)\s*$/is.exec(text);
  const said: Said = { text, table };
  if (implied === null) return comparison(said, text);
  const [, when = "", then = ""] = implied;
  return `if ${conditions(said, when)} then ${conditions(said, then)}`;
}

interface Said {
  readonly text: string;
  readonly table: Table;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

const SIGNS: readonly (readonly [words: string, sign: string])[] = [
  ["not above|not more than|not higher than|at most|up to", "<="],
  ["not below|not under|not less than|not lower than|at least", ">="],
  ["not before", ">="],
  ["not after", "<="],
  ["not equal to|not the same as", "!="],
  ["above|over|greater than|more than|higher than", ">"],
  ["below|under|less than|lower than", "<"],
  ["after", ">="],
  ["before", "<="],
  ["equal to|equals|the same as", "="],
];

/** Comparisons in words; undefined where there are none. */
function comparison(said: Said, text: string): string | undefined {
  const between =
    /^\s*(.+?)\s+(?:(?:is|are|lies|must be|should be)\s+)?(?:between|from)\s+(-?[\d.]+)\s*(?:and|to|-|–)\s*(-?[\d.]+)\s*([%°µ\p{L}].*?)?\s*$/iu.exec(
      text,
    );
  if (between !== null) {
    const [, name = "", low = "", high = "", unit] = between;
    return `${value(said, name, unit)} in ${low}..${high}`;
  }
  for (const [words, sign] of SIGNS) {
    const pattern = new RegExp(
      `^\\s*(.+?)\\s+(?:(?:is|are|must be|should be)\\s+)?(?:${words})\\s+(.+?)\\s*$`,
      "i",
    );
    const [, left, right] = pattern.exec(text) ?? [];
    if (left === undefined || right === undefined) continue;
    const [, number, unit] = /^(-?\d+(?:\.\d+)?)\s*([%°µ\p{L}].*)$/u.exec(right) ?? [];
    return `${value(said, left, unit)} ${sign} ${value(said, number ?? right)}`;
  }
  return undefined;
}

/** Conditions joined by and: states ("pregnant", "not male"), comparisons in words or in the rule language. */
const conditions = (said: Said, text: string): string =>
  text
    .split(/\s+and\s+(?!\d)/i)
    .map((part) => condition(said, part.trim()))
    .join(" and ");

function condition(said: Said, text: string): string {
  const written = comparison(said, text);
  if (written !== undefined) return written;
  if (/[<>=]|\bis\b|\bin\b/i.test(text)) return text;
  const negated = /^not\s+(.+)$/i.exec(text);
  const state = stateOf(said, negated?.[1] ?? text);
  return negated === null ? state : `not (${state})`;
}

/** A column, or what it stands for; with a unit, the quantity that it is of. */
function value(said: Said, words: string, unit?: string): string {
  if (NUMBER.test(words)) return words;
  if (unit !== undefined) return inUnit(said, words, unit);
  const column = columnNamed(said.table, words);
  if (column !== undefined) return writeName(column);
  const concept = conceptOf(words);
  return concept === undefined ? unknown(said, words) : `{${concept}}`;
}

/** The quantity of a name in a unit that is written after a number: "sodium below 160 mmol/L". */
function inUnit(said: Said, words: string, written: string): string {
  const { text, table } = said;
  const name = columnNamed(table, words);
  const known = knownColumns([table]).columns.find((one) => one.name === name)?.quantity;
  const quantity = known ?? quantityNamed(conceptOf(words) ?? "");
  const unit = quantity && unitWritten(quantity, written)?.unit;
  if (quantity !== undefined && unit !== undefined) return `{${quantity.name}, ${unit}}`;
  throw new FaultError({
    code: "rule-unreadable",
    text,
    at: Math.max(0, text.lastIndexOf(written)),
    reason:
      quantity === undefined
        ? `The lab does not know in which unit “${words}” is. Leave “${written}” out.`
        : `“${written}” is not a unit of ${quantity.name} that the lab knows: ${quantity.units.map((one) => one.unit).join(", ")}.`,
  });
}

function stateOf(said: Said, words: string): string {
  const state = stateNamed(words);
  if (state !== undefined) return `{${state}}`;
  const name = columnNamed(said.table, words);
  const at = said.table.schema.columns.findIndex((column) => column.name === name);
  const column = said.table.columns[at];
  const yes = name !== undefined && column && isYesNo(column) ? yesIn(said.table, name, true) : undefined;
  return yes ?? unknown(said, words, name);
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");

/** A column by its name, whatever its capitals and whether it stands with spaces or with _. */
function columnNamed(table: Table, words: string): string | undefined {
  const bare = words.trim().replace(/^`(.*)`$/, "$1");
  const { columns } = table.schema;
  const exact = columns.find(({ name }) => name === bare);
  if (exact !== undefined) return exact.name;
  const alike = columns.filter(({ name }) => plain(name) === plain(bare));
  return alike.length === 1 ? alike[0]?.name : undefined;
}

function conceptOf(words: string): string | undefined {
  const braced = /^\{(.+)\}$/.exec(words.trim())?.[1];
  if (braced !== undefined) return braced;
  const own = [...conceptNames].find((name) => plain(name) === plain(words));
  return own ?? eventNamed(words) ?? namedQuantity(words)?.quantity.name;
}

function unknown({ text, table }: Said, words: string, column?: string): never {
  const names = table.schema.columns.map(({ name }) => name);
  const near = nearestName(words, [...names, ...conceptNames]);
  const shown = words.length > 60 ? `${words.slice(0, 59)}…` : words;
  throw new FaultError({
    code: "rule-unreadable",
    text,
    at: Math.max(0, text.indexOf(words)),
    reason:
      column === undefined
        ? `There is no column and no quantity called “${shown}”. ${near === undefined ? "Name a column of the table, or a quantity in braces such as {Sodium}." : `Did you mean “${near}”?`}`
        : `“${column}” holds more than yes and no. Write what it must be, such as ${writeName(column)} = "yes".`,
  });
}
