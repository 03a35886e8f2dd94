import { bareCell, MOST_ROWS, type Expected, type RawRow, type RawTable } from "./raw-table.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  deg: "°",
  "#39": "'",
};

/** Tables of HTML, read as text: nothing of it is ever run or shown as markup. */
export function htmlTables(text: string, expected: Expected): RawTable[] {
  const tables: RawTable[] = [];
  for (const table of text.split(/<table\b/i).slice(1)) {
    const [inner = ""] = table.split(/<\/table/i, 1);
    const ended = /<\/table/i.test(table);
    const rows: RawRow[] = [];
    let names: readonly string[] | undefined;
    const all = inner.split(/<tr\b/i).slice(1, MOST_ROWS + 1);
    all.forEach((row, i) => {
      const cells = row
        .split(/<t[dh]\b/i)
        .slice(1)
        .map(cellText);
      if (cells.length === 0) return;
      const named = /<th\b/i.test(row) || expected.matches(cells) >= Math.max(2, cells.length / 2);
      if (named && expected.matches(cells) > 0) names = names ?? cells;
      else
        rows.push({
          cells,
          ...(!ended && i === all.length - 1 && !/<\/tr/i.test(row) && { cut: true as const }),
        });
    });
    if (rows.length > 0) tables.push({ ...(names && { names }), rows });
  }
  return tables;
}

function cellText(cell: string): string {
  const inner = cell.slice(cell.indexOf(">") + 1);
  return bareCell(
    inner
      .replace(/<[^<>]*>/g, "")
      .replace(/<.*$/s, "")
      .replace(/&(#?\w{1,8});/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole),
  );
}
