import type { Table } from "../../table/table.ts";
import { plainWords } from "./quantity-names.ts";

const UNIT_WORDS = new Set("unit units uom einheit unite unites unidad unidades".split(" "));

/**
 * By the name of a column, the column that says which unit each of its rows is in: it bears the same words and one for
 * "unit", and the real rows use at least two of its levels. Such values cannot be judged by one range.
 */
export function mixedUnits(real: readonly Table[]): (name: string) => string | undefined {
  const saying = new Map<string, string>();
  for (const [i, { name }] of (real[0]?.schema.columns ?? []).entries()) {
    const words = plainWords(name);
    const rest = words.filter((word) => !UNIT_WORDS.has(word));
    if (rest.length === words.length || rest.length === 0) continue;
    const used = new Set<number>();
    for (const { columns } of real) {
      const own = columns[i];
      if (own?.type === "coded") for (const code of own.codes) if (code >= 0) used.add(code);
    }
    if (used.size > 1) saying.set(rest.join(" "), name);
  }
  return (name) => saying.get(plainWords(name).join(" "));
}
