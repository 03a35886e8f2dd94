import { learnedTable } from "../../lab/left-out.ts";
import type { Table } from "../../table/table.ts";

/**
 * Sixteen hexadecimal digits that differ between tables of which a study could find different things: learned columns, their
 * schema, whose rows they are. Names of the file and of what was left out do not count. Two murmur3 streams of 32 bits: it tells
 * tables apart by chance, not against somebody who wants two to look the same.
 */
export function studyMark(table: Table): string {
  const learned = learnedTable(table);
  const hash = createHash();
  hash.text(JSON.stringify(learned.schema.columns));
  hash.word(learned.rows);
  for (const column of learned.columns) {
    if (column.type === "numeric") for (const value of column.values) hash.number(value);
    else {
      for (const code of column.codes) hash.word(code);
      for (const level of column.levels) hash.text(level);
    }
  }
  for (const patient of learned.patients ?? []) hash.word(patient);
  return hash.digits();
}

function createHash() {
  let [a, b, length] = [0x2545f491, 0x6c078965, 0];
  const one = new Float64Array(1);
  const halves = new Uint32Array(one.buffer);
  const word = (value: number): void => {
    a = mixed(a, value, 0xcc9e2d51, 0x1b873593);
    b = mixed(b, value, 0x239b961b, 0xab0e9789);
    length++;
  };
  return {
    word,
    /** Any two that are not numbers are the same. */
    number(value: number): void {
      one[0] = Number.isNaN(value) ? Number.NaN : value;
      word(Number.isNaN(value) ? 0x7ff80000 : (halves[1] as number));
      word(Number.isNaN(value) ? 1 : (halves[0] as number));
    },
    text(text: string): void {
      word(text.length);
      for (let i = 0; i < text.length; i++) word(text.charCodeAt(i));
    },
    digits: (): string => [a ^ length, b ^ length].map(finished).join(""),
  };
}

/** One round of murmur3 (A. Appleby). */
function mixed(hash: number, value: number, first: number, second: number): number {
  let k = Math.imul(value, first);
  k = Math.imul((k << 15) | (k >>> 17), second);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(hash: number): string {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
