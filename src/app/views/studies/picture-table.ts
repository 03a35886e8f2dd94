/** A picture's numbers as a table, for whoever would rather read them. Pure. */
import type { StudyPicture, StudyTable } from "../../../core/report/study.ts";
import { count, plain } from "../../../core/words/numbers.ts";

const tickWords = (value: number): string => (Number.isInteger(value) ? count(value) : plain(value));

export function tableOfPicture(picture: StudyPicture): StudyTable {
  const { title } = picture;
  switch (picture.type) {
    case "lines": {
      const { unit, across, lines } = picture;
      const over = across.name;
      return {
        title,
        columns: across.ticks.map((value) => ({ name: tickWords(value), over, unit })),
        rows: lines.map(({ name, kind, points }) => ({
          name,
          kind,
          cells: across.ticks.map((value) => points.find(({ x }) => x === value)?.figure),
        })),
      };
    }
    case "bars":
      return {
        title,
        columns: picture.series.map(({ name }) => ({ name, unit: picture.unit })),
        rows: picture.bars.map(({ name, note, figures }) => ({
          name: note === undefined ? name : `${name} (${note})`,
          cells: figures,
        })),
      };
    case "matrix":
      return {
        title,
        columns: picture.across.of.map((name) => ({ name, over: picture.across.name, unit: picture.unit })),
        rows: picture.down.of.map((name, row) => ({ name, cells: picture.cells[row] ?? [] })),
      };
    case "points":
      return {
        title,
        columns: [picture.across, picture.up],
        rows: picture.points.map(({ name, kind, across, up }) => ({ name, kind, cells: [across, up] })),
      };
    case "ranges": {
      const real = picture.columns.map((column) => column.real);
      const rows = picture.lines.map(({ name, note, kind, figures }) => ({
        name: note === undefined ? name : `${name} (${note})`,
        kind,
        cells: figures,
      }));
      const known = rows.some(({ kind }) => kind === "real") || real.every((figure) => figure === undefined);
      return {
        title,
        columns: picture.columns,
        rows: known ? rows : [...rows, { name: "Real rows", kind: "real", cells: real }],
      };
    }
  }
}
