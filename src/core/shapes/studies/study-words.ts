/** A picture of a study for those who do not see it: one sentence, and a table. */
import type { StudyFigure, StudyKind, StudyPicture, StudyUnit } from "../../report/study.ts";
import type { Listing } from "../drawing.ts";
import { betterWords, figureWords, unitNumber } from "./figure-words.ts";
import { factorWords } from "./study-axis.ts";
import { sideOf } from "./study-marks.ts";

/** Lines, bars and cells that a sentence can hold. */
const MOST_SAID = 6;

/** What the picture shows and what it finds. */
export function studyLabel(picture: StudyPicture): string {
  switch (picture.type) {
    case "lines":
      return `${picture.title}, ${betterWords(picture.better)}, by ${picture.across.name}. ${said(
        picture.lines.flatMap(({ name, points }) => {
          const [first, last] = [points[0], points.at(-1)];
          if (first === undefined || last === undefined) return [];
          const write = (value: number): string => unitNumber(value, picture.unit);
          const from = `${name} ${write(first.figure.value)} at ${factorWords(first.x)}`;
          return [first === last ? from : `${from}, ${write(last.figure.value)} at ${factorWords(last.x)}`];
        }),
      )}`;
    case "bars":
      return `${picture.title}, ${betterWords(picture.better)}. ${said(
        picture.bars.map(
          ({ name, figures }) =>
            `${name}: ${picture.series.map((one, i) => `${one.name} ${numberOrNot(figures[i], picture.unit)}`).join(", ")}`,
        ),
      )}`;
    case "matrix":
      return `${picture.title}, ${betterWords(picture.better)}: ${picture.down.name} by ${picture.across.name}, ${picture.down.of.length} by ${picture.across.of.length}.`;
    case "points":
      return `${picture.title}: ${picture.across.name} against ${picture.up.name}. ${said(
        picture.points.map(
          ({ name, across, up }) =>
            `${name} ${unitNumber(across.value, picture.across.unit)} and ${unitNumber(up.value, picture.up.unit)}`,
        ),
      )}`;
    case "ranges":
      return `${picture.title}. ${said(
        picture.lines.map(
          ({ name, figures }) =>
            `${name}: ${picture.columns.map((column, i) => `${column.name} ${numberOrNot(figures[i], column.unit)}`).join(", ")}`,
        ),
      )}`;
  }
}

const numberOrNot = (figure: StudyFigure | undefined, unit: StudyUnit): string =>
  figure === undefined ? "not measured" : unitNumber(figure.value, unit);

const said = (all: readonly string[]): string =>
  `${all.slice(0, MOST_SAID).join("; ")}${all.length > MOST_SAID ? `; and ${all.length - MOST_SAID} more` : ""}.`;

/** The picture as a table, every figure with its interval. */
export function studyListing(picture: StudyPicture): Listing {
  switch (picture.type) {
    case "lines": {
      const xs = [...new Set(picture.lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
        (a, b) => a - b,
      );
      return {
        heads: [picture.across.name, ...picture.lines.map(({ name }) => name)],
        rows: xs.map((x) => ({
          name: factorWords(x),
          cells: picture.lines.map(({ points, kind }) =>
            cell(points.find((point) => point.x === x)?.figure, picture.unit, kind),
          ),
        })),
      };
    }
    case "bars":
      return {
        heads: ["", ...picture.series.map(({ name }) => name)],
        rows: picture.bars.map(({ name, note, figures }) => ({
          name: note === undefined ? name : `${name}, ${note}`,
          cells: picture.series.map(({ kind }, i) => cell(figures[i], picture.unit, kind)),
        })),
      };
    case "matrix":
      return {
        heads: [`${picture.down.name}, down; ${picture.across.name}, across`, ...picture.across.of],
        rows: picture.down.of.map((name, row) => ({
          name,
          cells: picture.across.of.map((_, column) => cell(picture.cells[row]?.[column], picture.unit)),
        })),
      };
    case "points":
      return {
        heads: ["", picture.across.name, picture.up.name],
        rows: picture.points.map(({ name, kind, across, up }) => ({
          name,
          cells: [cell(across, picture.across.unit, kind), cell(up, picture.up.unit, kind)],
        })),
      };
    case "ranges": {
      const real = picture.columns.map((column) => cell(column.real, column.unit, "real"));
      return {
        heads: ["", ...picture.columns.map(({ name }) => name)],
        rows: [
          ...picture.lines.map(({ name, note, kind, figures }) => ({
            name: note === undefined ? name : `${name}, ${note}`,
            cells: picture.columns.map(({ unit }, i) => cell(figures[i], unit, kind)),
          })),
          ...(picture.columns.some((column) => column.real !== undefined)
            ? [{ name: "Real rows", cells: real }]
            : []),
        ],
      };
    }
  }
}

const cell = (
  figure: StudyFigure | undefined,
  unit: StudyUnit,
  kind?: StudyKind,
): Listing["rows"][number]["cells"][number] => ({ text: figureWords(figure, unit), ...sideOf(kind) });
