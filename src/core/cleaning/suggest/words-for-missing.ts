import type { Suggestion } from "../../table/cleaning-step.ts";
import { chooseReading, readCell } from "../../table/formats/number-reading.ts";
import { quoted } from "../step-kind.ts";
import { folded } from "./same-answer.ts";
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

/** Words and codes that stand for a missing cell. */
export function wordsForMissing(look: Look): Suggestion[] {
  return [...words(look), ...codes(look)];
}

function words({ name, schema, levels, present }: Look): Suggestion[] {
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

/** A number like 9999 or -99 that stands twice or more, alone and far from all others. */
function codes({ name, schema, levels, present, reading }: Look): Suggestion[] {
  if (!isNumber(schema) && !mostlyNumbers(levels, present)) return [];
  const { reading: read } = chooseReading(
    levels.map(({ text }) => text),
    reading.context,
  );
  const numbers = levels
    .flatMap((level) => {
      const value = readCell(level.text, read)?.number.value ?? NaN;
      return Number.isFinite(value) ? [{ ...level, value }] : [];
    })
    .sort((a, b) => a.value - b.value);
  if (numbers.length < 4) return [];
  const [low, next] = numbers as [(typeof numbers)[0], (typeof numbers)[0]];
  const [before, high] = numbers.slice(-2) as [(typeof numbers)[0], (typeof numbers)[0]];
  const found = [
    ...(CODES.has(low.value) && low.value < 0 && low.cells > 1 && next.value >= 0 ? [low] : []),
    ...(CODES.has(high.value) && high.value > 0 && high.cells > 1 && high.value > 2.5 * Math.abs(before.value)
      ? [high]
      : []),
  ];
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
