import type { ColumnSummary, LevelSummary, NumberSummary, Span } from "./column-summary.ts";
import type { PromptLine, PromptPiece } from "./prompt-pack.ts";

/** What of a column is said. */
export interface Said {
  readonly levels: boolean;
  readonly ranges: boolean;
  readonly middle: boolean;
  readonly shares: boolean;
}

const own = (text: string): PromptPiece => ({ text, table: true });
const plain = (text: string): PromptPiece => ({ text });

const PLACES = ["whole numbers", "one decimal", "two decimals", "three decimals"];
const number = (value: number): string => String(value);

/** "age: years, whole numbers, 0 to 122; half between 52 and 76" */
export function columnLine(name: string, { about }: ColumnSummary, said: Said, id: string): PromptLine {
  const pieces = about.type === "number" ? numberPieces(about, said) : levelPieces(about, said);
  return { id, pieces: [own(name), plain(": "), ...pieces] };
}

function numberPieces({ unit, decimals, clinical, most, middle }: NumberSummary, said: Said): PromptPiece[] {
  const places = PLACES[decimals] ?? `${decimals} decimals`;
  const range = clinical
    ? [plain(", "), own(`${number(clinical[0])} to ${number(clinical[1])}`)]
    : spanPieces(most, "; most ");
  return [
    plain(unit === undefined ? places : `${unit}, ${places}`),
    ...(said.ranges ? range : []),
    ...(said.middle ? middlePieces(middle) : []),
  ];
}

function middlePieces(middle: Span | undefined): PromptPiece[] {
  const whole = middle?.low !== undefined && middle.high !== undefined;
  return spanPieces(middle, whole ? "; half " : "; three in four ");
}

function spanPieces(span: Span | undefined, before: string): PromptPiece[] {
  const { low, high } = span ?? {};
  if (low !== undefined && high !== undefined) {
    if (low === high) return [plain(`${before}near `), own(number(low))];
    return [plain(`${before}between `), own(number(low)), plain(" and "), own(number(high))];
  }
  if (low !== undefined) return [plain(`${before}at least `), own(number(low))];
  return high === undefined ? [] : [plain(`${before}up to `), own(number(high))];
}

function levelPieces({ levels, more, shares, ofAll }: LevelSummary, said: Said): PromptPiece[] {
  if (!said.levels) return [plain("a category")];
  if (levels.length === 0) return [plain("a category whose levels are not given")];
  const share = said.shares ? shares : undefined;
  const named = levels.map((level, i) => {
    const text = /[,;"]/.test(level) ? `"${level.replaceAll('"', '""')}"` : level;
    return share === undefined ? text : `${text} ${percent(share[i] ?? 0)}`;
  });
  return [
    ...(levels.length === 1 ? [] : [plain("one of ")]),
    own(named.join(", ")),
    ...(more > 0 ? [plain(" and others")] : []),
    ...(share && ofAll ? [plain(", shares in the whole table")] : []),
  ];
}

const percent = (share: number): string => (share === 0 ? "(rare)" : `(${share}%)`);
