import type { Column, Table } from "./table.ts";

/** Tables whose findings are kept. */
const REMEMBERED = 4;

/**
 * What is found in a table, kept for the last four by what they hold, so that a list, the fit after it and what measures the
 * fit search the same rows once. A search that fails is begun again.
 */
export function remembered<Found>(): (
  table: Table,
  asked: string,
  find: () => Promise<Found>,
) => Promise<Found> {
  const known = new Map<string, Found>();
  return async (table, asked, find) => {
    const key = `${asked} ${contentOf(table)}`;
    const found = known.has(key) ? (known.get(key) as Found) : await find();
    known.delete(key);
    known.set(key, found);
    const oldest = known.keys().next();
    if (known.size > REMEMBERED && oldest.done !== true) known.delete(oldest.value);
    return found;
  };
}

/** A text that two tables share only where their cells, their columns and whose rows they are do not differ. */
function contentOf({ rows, columns, schema, patients }: Table): string {
  const declared = schema.columns.map(({ findings: _counts, ...column }) => column);
  const levels = columns.map((column) => (column.type === "coded" ? column.levels : undefined));
  const cells = [...columns.map(wordsOf), ...(patients ? [patients] : [])].map(printOf);
  const texts = Uint16Array.from(JSON.stringify([declared, levels]), (letter) => letter.charCodeAt(0));
  return [rows, columns.length, printOf(texts), ...cells].join(" ");
}

const wordsOf = (column: Column): Int32Array => {
  if (column.type === "coded") return column.codes;
  const { buffer, byteOffset, length } = column.values;
  return new Int32Array(buffer, byteOffset, 2 * length);
};

/** 64 bits: FNV-1a over words, twice. */
function printOf(words: Int32Array | Uint16Array): string {
  let a = 0x811c9dc5;
  let b = words.length | 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul((b ^ word) + (a >>> 15), 0x85ebca6b);
  }
  return `${a >>> 0}.${b >>> 0}`;
}
