import { firstEqual } from "../../math/first-equal.ts";
import type { Column, ColumnSchema, IdForm } from "../table.ts";
import { cellFormatter } from "../formats/format-cell.ts";

/** UUIDs of version 4; their variant is one of 8, 9, a, b. */
export const UUID_FORM: IdForm = "xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx";
const CAPITAL_UUID_FORM: IdForm = "XXXXXXXX-XXXX-4XXX-XXXX-XXXXXXXXXXXX";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids that must share a form, or what it keeps of them, so that it tells of none of them. */
const LEAST = 5;
/** Ids that are looked at. */
const MOST = 5000;

/** The characters that can stand at each sign of a form. */
export const SIGNS: Readonly<Record<string, string>> = {
  "9": "0123456789",
  A: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  a: "abcdefghijklmnopqrstuvwxyz",
  x: "0123456789abcdef",
  X: "0123456789ABCDEF",
};

/** A place of a form: the characters it can be. One: it stands for itself. */
export type Place = string;

/** The places of a form, in order. A backslash before a character lets it stand for itself. */
export function placesOf(form: IdForm): Place[] {
  const places: Place[] = [];
  for (let i = 0; i < form.length; i++) {
    const sign = form[i] as string;
    if (sign === "\\" && i + 1 < form.length) places.push(form[++i] as string);
    else places.push(SIGNS[sign] ?? sign);
  }
  return variantOf(form, places);
}

function variantOf(form: IdForm, places: Place[]): Place[] {
  if (form === UUID_FORM) places[19] = "89ab";
  if (form === CAPITAL_UUID_FORM) places[19] = "89AB";
  return places;
}

const literal = (text: string): string =>
  Array.from(text, (sign) => (sign in SIGNS || sign === "\\" ? `\\${sign}` : sign)).join("");

/** The sign for a place at which several characters were met. */
function signOf(met: ReadonlySet<string>): string {
  const all = [...met];
  const every = (pattern: RegExp): boolean => all.every((one) => pattern.test(one));
  if (every(/\d/)) return "9";
  if (every(/[A-Z]/)) return "A";
  if (every(/[a-z]/)) return "a";
  if (every(/[\da-f]/)) return "x";
  if (every(/[\dA-F]/)) return "X";
  return all.filter((one) => /\d/.test(one)).length * 2 > all.length ? "9" : every(/[\da-z]/) ? "a" : "A";
}

/** One place over many ids: its most frequent character, how many have it, and all that were met. */
interface Met {
  readonly most: string;
  readonly share: number;
  readonly all: ReadonlySet<string>;
}

function metAt(ids: readonly string[], place: number): Met {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id[place] as string, (counts.get(id[place] as string) ?? 0) + 1);
  const [most, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { most, share: count / ids.length, all: new Set(counts.keys()) };
}

/** Shared by so many ids, a character belongs to the form. */
const SHARED = 0.98;

/** Letters of both cases, and no digit: a name. */
const isWord = (id: string): boolean => /\p{Ll}/u.test(id) && !/\d/.test(id);

/**
 * The form of most ids, at least five of one length; undefined where there are fewer. What nearly all share stays: marks
 * between, letters, and digits at the front as long as what is left to draw gives a hundred times as many ids.
 */
export function idFormOf(ids: readonly string[]): IdForm | undefined {
  if (2 * ids.filter((id) => isWord(id)).length > ids.length) return undefined;
  const some = [...new Set(ids.slice(0, MOST))].filter(Boolean);
  if (some.length < LEAST) return undefined;
  if (some.filter((id) => UUID.test(id)).length > 0.9 * some.length)
    return some.every((id) => id === id.toUpperCase()) ? CAPITAL_UUID_FORM : UUID_FORM;
  const lengths = new Map<number, string[]>();
  for (const id of some) {
    const alike = lengths.get(id.length);
    if (alike === undefined) lengths.set(id.length, [id]);
    else alike.push(id);
  }
  const alike = [...lengths.values()].reduce((a, b) => (b.length > a.length ? b : a));
  if (alike.length < LEAST || (alike[0] as string).length > 64) return undefined;
  const met = Array.from({ length: (alike[0] as string).length }, (_, place) => metAt(alike, place));
  const hexadecimal = isHexadecimal(alike);
  const signs = met.map(({ most, share, all }) => {
    if (share >= SHARED && !/[\p{L}\d]/u.test(most)) return literal(most);
    if (hexadecimal !== undefined) return hexadecimal;
    if (share >= SHARED && /\p{L}/u.test(most)) return literal(most);
    return signOf(all.size > 1 && !/[\p{L}\d]/u.test(most) ? new Set(most) : all);
  });
  return withSharedDigits(signs, met, some.length).join("");
}

/** Digits and letters to f throughout, as digests are: the sign for them. */
function isHexadecimal(ids: readonly string[]): "x" | "X" | undefined {
  const letters = ids.filter((id) => /[a-f]/i.test(id.replace(/^[^\d]*/, ""))).length;
  if (letters < 0.5 * ids.length) return undefined;
  if (ids.every((id) => /^[\da-f-]{8,}$/.test(id))) return "x";
  return ids.every((id) => /^[\dA-F-]{8,}$/.test(id)) ? "X" : undefined;
}

function withSharedDigits(signs: string[], met: readonly Met[], ids: number): string[] {
  const kept = [...signs];
  for (let place = 0; place < signs.length; place++) {
    if (signs[place] !== "9") {
      if ((signs[place] as string).length === 1 && (signs[place] as string) in SIGNS) break;
      continue;
    }
    const { most, share } = met[place] as Met;
    const left = placesOf(signs.slice(place + 1).join("")).reduce((room, { length }) => room * length, 1);
    if (share < SHARED || left < Math.max(1000, 100 * ids)) break;
    kept[place] = literal(most);
  }
  return withSharedEnd(kept, met, ids);
}

/** Digits behind the last mark that all ids have: ".0" of numbers that were written as decimals. */
function withSharedEnd(signs: readonly string[], met: readonly Met[], ids: number): string[] {
  const mark = signs.findLastIndex(
    (sign, place) => sign !== "9" && /^[^\p{L}\d]$/u.test(met[place]?.most ?? ""),
  );
  const end = met.slice(mark + 1);
  const left = roomOf(placesOf(signs.slice(0, Math.max(0, mark)).join("")));
  if (mark < 0 || end.some(({ share }) => share < 1) || left < Math.max(1000, 100 * ids)) return [...signs];
  return [...signs.slice(0, mark + 1), ...end.map(({ most }) => literal(most))];
}

/** Made-up ids that a form must have room for, for each real one. */
const ROOM = 10;
/** Places at the front that may be fixed, so that no real id begins so. */
const FRONT = 3;

const roomOf = (places: readonly Place[]): number => places.reduce((room, { length }) => room * length, 1);

/**
 * `form` narrowed to ids that no real one is: its first places fixed to digits that no real id has there, or one digit more
 * where the real ones leave no room. Nobody who has the form can tell a real id by it. `wholeNumbers`: none begins with 0.
 */
export function formApart(form: IdForm, real: readonly string[], wholeNumbers: boolean): IdForm {
  const places = placesOf(form);
  const ids = roomOf(places) > 1e15 ? [] : real.filter(({ length }) => length === places.length);
  if (ids.length === 0) return form;
  const open = places.flatMap(({ length }, place) => (length === 10 ? [place] : [])).slice(0, FRONT);
  for (let depth = 1; depth <= open.length; depth++) {
    const fixed = open.slice(0, depth);
    const used = frontsOf(ids, fixed);
    const left = roomOf(places.filter((_, place) => !fixed.includes(place)));
    if (left < ROOM * ids.length) break;
    const least = wholeNumbers && fixed[0] === 0 ? 10 ** (depth - 1) : 0;
    for (let front = 10 ** depth - 1; front >= least; front--) {
      if (used[front] === 0) return withFixed(form, fixed, String(front).padStart(depth, "0"));
    }
  }
  return formApart(form.endsWith("9") ? `${form}9` : withDigitAhead(form), real, wholeNumbers);
}

/** `form` with a digit more where its digits begin, for one that ends in something else. */
const withDigitAhead = (form: IdForm): IdForm =>
  form.includes("9") ? form.replace(/(?<!\\)9|\\9/, (first) => `\\9${first}`) : `${form}9`;
/** 1 for each number that the digits at `fixed` make in some id. */
function frontsOf(ids: readonly string[], fixed: readonly number[]): Uint8Array {
  const used = new Uint8Array(10 ** fixed.length);
  for (const id of ids) {
    let front = 0;
    for (const place of fixed) {
      const digit = id.charCodeAt(place) - 48;
      front = digit >= 0 && digit <= 9 ? front * 10 + digit : NaN;
    }
    if (!Number.isNaN(front)) used[front] = 1;
  }
  return used;
}

/** `form` with the places `fixed` standing for the characters of `digits`. */
function withFixed(form: IdForm, fixed: readonly number[], digits: string): IdForm {
  const signs = form.match(/\\.|[^]/gu) ?? [];
  fixed.forEach((place, i) => (signs[place] = literal(digits[i] as string)));
  return signs.join("");
}

const NEEDS_FORM = ({ kind, role }: Pick<ColumnSchema, "kind" | "role">): boolean =>
  role === "identifier" || kind === "identifier";

/** The different cells of a column as they are written, in order of appearance. */
function idsOf(column: Column, schema: ColumnSchema): string[] {
  const format = cellFormatter(column, schema);
  const ids: string[] = [];
  firstRows(column).forEach((row) => {
    const id = format(row);
    if (id !== schema.missingToken) ids.push(id);
  });
  return ids;
}

/** The rows at which the different values of a column first stand. */
function firstRows(column: Column): Int32Array {
  if (column.type === "numeric") {
    const { values } = column;
    return firstEqual(values).filter((first, row) => first === row && !Number.isNaN(values[row]));
  }
  const { codes, levels } = column;
  const met = new Uint8Array(levels.length);
  const rows = new Int32Array(codes.length);
  let found = 0;
  codes.forEach((code, row) => {
    if (code < 0 || met[code] === 1) return;
    met[code] = 1;
    rows[found++] = row;
  });
  return rows.subarray(0, found);
}

/** The form of ids that can take the place of a column's, none of them real; undefined where its cells share none. */
export function freshFormOf(
  column: Column,
  schema: ColumnSchema,
  ids = idsOf(column, schema),
): IdForm | undefined {
  const form = idFormOf(ids);
  return (
    form &&
    formApart(
      form,
      ids,
      ids.every((id) => /^(0|[1-9]\d*)(\.0+)?$/.test(id)),
    )
  );
}

/**
 * `schema` with the form of its fresh ids, where its cells are to be replaced by such. Row numbers that run from 0 or 1 have
 * none: they run on. `wanted`: a person's own; null: its cells are to be left empty.
 */
export function withIdForm(
  schema: ColumnSchema,
  column: Column,
  wanted: IdForm | null | undefined,
): ColumnSchema {
  const { fresh: _, ...rest } = schema;
  if (wanted !== undefined) return { ...rest, fresh: wanted ?? "" };
  if (!NEEDS_FORM(schema)) return rest;
  const ids = idsOf(column, schema);
  const first = Number(ids[0]);
  const running = (first === 0 || first === 1) && ids.every((id, i) => id === String(first + i));
  const form = running && schema.role !== "identifier" ? undefined : freshFormOf(column, schema, ids);
  return form === undefined ? rest : { ...rest, fresh: form };
}
