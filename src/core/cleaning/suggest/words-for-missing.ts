import type { Suggestion } from "../../table/cleaning-step.ts";
import { chooseReading, readCell } from "../../table/formats/number-reading.ts";
import { quoted } from "../step-kind.ts";
import { folded } from "../../table/formats/answer-words.ts";
import { cellsIn, isNumber, type Level, type Look } from "./look.ts";

/** Texts that say that there is no value, in the five languages; no answer to any question. */
const NOTHING = new Set(
  (
    "not done,not measured,not recorded,not taken,not available,not performed,not assessed,not tested,not documented,not entered," +
    "not applicable,no result,no sample,no value,no entry,missing value,missing,pending,haemolysed,hemolysed,hemolyzed,hämolytisch,insufficient sample,sample lost,lost," +
    "nicht erhoben,nicht gemessen,nicht bestimmt,nicht durchgeführt,nicht dokumentiert,nicht erfasst,nicht bekannt,nicht verfügbar,nicht vorhanden,nicht beurteilbar," +
    "keine angabe,keine angaben,keine daten,kein material,kein wert,fehlt,fehlend,entfällt,n.m,n m,nm,n.e,n.b,n.d,n.v,n.a,k.a,nd,nb," +
    "non fait,non mesuré,non réalisé,non disponible,non renseigné,non documenté,manquant,nr,nsp,nc," +
    "no realizado,no disponible,no medido,no consta,sin datos,sin dato,falta,non eseguito,non disponibile,non misurato,non rilevato,mancante"
  ).split(","),
);
/** These are abbreviations of more than one thing: believed among numbers only. */
const AMONG_NUMBERS = new Set("nm,nd,nb,nr,nc,nsp,n m,lost,pending,unknown,unk,unbekannt".split(","));
const CODES = new Set([-1, -8, -9, -88, -99, -888, -999, -9999, 888, 999, 8888, 9999, 99_999, 999_999]);

/** Words that stand for a missing cell. */
export function wordsForMissing({ name, schema, levels, present }: Look): Suggestion[] {
  if (levels.length > 5000) return [];
  const numeric = isNumber(schema) || schema.kind === "datetime" || mostlyNumbers(levels, present);
  const found = levels.filter(({ text }) => {
    const word = folded(text);
    return NOTHING.has(word) ? numeric || !AMONG_NUMBERS.has(word) : numeric && AMONG_NUMBERS.has(word);
  });
  if (found.length === 0 || found.length === levels.length) return [];
  return [merging(name, found, `${listed(found)}: no value, in words`, isNumber(schema))];
}

const mostlyNumbers = (levels: readonly Level[], present: number): boolean =>
  cellsIn(levels.filter(({ text }) => /^[<>≤≥]?\s*[-+]?\d[\d.,]*$/.test(text))) >= 0.5 * present;

/** Numbers like 9999 or -99 that stand twice or more, alone and far from all others, among `values` (NaN: none). */
export function codesForMissing(values: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  let [low, next, before, high] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const value of values) {
    if (CODES.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (value < low) [low, next] = [value, low];
    else if (value > low && value < next) next = value;
    if (value > high) [before, high] = [high, value];
    else if (value < high && value > before) before = value;
  }
  const often = (value: number): boolean => (counts.get(value) ?? 0) > 1;
  return [
    ...(low < 0 && often(low) && next >= 0 && Number.isFinite(next) ? [low] : []),
    ...(high > 0 && often(high) && Number.isFinite(before) && high > 2.5 * Math.abs(before) ? [high] : []),
  ];
}

/** As `codesForMissing`, in a column that is not read as numbers because of what stands among them. */
export function codesAmongTexts(look: Look): Suggestion[] {
  const { schema, levels, present, reading } = look;
  if (isNumber(schema) || !mostlyNumbers(levels, present)) return [];
  const { reading: read } = chooseReading(
    levels.map(({ text }) => text),
    reading.context,
  );
  const twice = levels.flatMap(({ text, cells }) => {
    const value = readCell(text, read)?.number.value ?? NaN;
    return Number.isFinite(value) ? new Array<number>(Math.min(2, cells)).fill(value) : [];
  });
  const codes = codesForMissing(twice);
  return codes.length === 0 ? [] : codeCells(look, codes);
}

/** The cells of `codes`, as they are written in the column. */
export function codeCells({ name, levels, reading }: Look, codes: readonly number[]): Suggestion[] {
  const { reading: read } = chooseReading(
    levels.map(({ text }) => text),
    reading.context,
  );
  const found = levels.filter(({ text }) => codes.includes(readCell(text, read)?.number.value ?? NaN));
  if (found.length === 0) return [];
  return [merging(name, found, `${listed(found)}: far from every other number, a code for missing`, false)];
}

const listed = (levels: readonly Level[]): string =>
  levels
    .slice(0, 3)
    .map(({ text }) => quoted(text))
    .join(", ") + (levels.length > 3 ? " and others" : "");

const merging = (name: string, found: readonly Level[], seen: string, lossless: boolean): Suggestion => ({
  column: name,
  step: { step: "merge", column: name, from: found.map(({ text }) => text), to: null },
  seen,
  cells: cellsIn(found),
  lossless,
});
