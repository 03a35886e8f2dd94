import type { CoarserDate, DateFormat } from "../../table.ts";
import { offsetsOf, zoneless } from "./offsets.ts";
import { readDate } from "./read-date.ts";
import { isDated, levelOf, LEVELS, swapped, type Level } from "./tokens.ts";
import { withMonths } from "./with-months.ts";

/** A pattern and the texts of a column that fit it and none before it. */
export interface Found {
  readonly pattern: string;
  readonly fits: number;
  readonly fitting: readonly string[];
  /** The texts that do not fit. */
  readonly left: readonly string[];
  readonly ambiguous: boolean;
}

/** One format of all that was found, of `texts` texts together; and whether day and month stay unsettled in some. */
export function combined(found: readonly Found[], texts: number): { format: DateFormat; ambiguous: boolean } {
  const settled = settledByOthers(found);
  const merged = withoutZones(withLateHours(settled));
  const { offsets } = merged;
  const [finest, ...coarser] = byLevel(withoutZeros(oneFraction(merged.found)));
  const [main, ...others] = finest as Found[];
  const named = withMonths((main as Found).pattern, (main as Found).fitting);
  const marked = !named.pattern.includes("S") && !named.pattern.includes("F");
  const flat = marked ? [] : coarser.flat();
  const beside = [...others, ...flat].map(({ pattern }) => pattern);
  const less = marked ? coarser.map((group) => coarserOf(group, texts)) : [];
  return {
    format: {
      ...named,
      ...(beside.length > 0 && { others: beside }),
      ...(less.length > 0 && { coarser: less }),
      ...(offsets && { offsets }),
    },
    ambiguous: settled.some(({ ambiguous }) => ambiguous) || bothWays(settled),
  };
}

function coarserOf([main, ...others]: readonly Found[], texts: number): CoarserDate {
  const { pattern, fitting } = main as Found;
  const fits = fitting.length + others.reduce((sum, it) => sum + it.fits, 0);
  return {
    pattern: withMonths(pattern, fitting).pattern,
    ...(others.length > 0 && { others: others.map((it) => it.pattern) }),
    share: fits / Math.max(1, texts),
  };
}

/** Some cells have the day first and some the month. */
const bothWays = (found: readonly Found[]): boolean =>
  found.some(({ pattern }, i) =>
    found.some((other, j) => j > i && other.pattern === swapped(pattern) && pattern !== swapped(pattern)),
  );

/** Patterns of a precision, the most frequent first; the finest precision first. */
function byLevel(found: readonly Found[]): Found[][] {
  const groups = new Map<Level, Found[]>();
  for (const it of found) groups.set(levelOf(it.pattern), [...(groups.get(levelOf(it.pattern)) ?? []), it]);
  return [...groups]
    .sort(([a], [b]) => LEVELS.indexOf(b) - LEVELS.indexOf(a))
    .map(([, group]) => group.toSorted((a, b) => b.fits - a.fits));
}

/** Days that could be either way round are settled where one way lies within the column's other dates and the other does not. */
function settledByOthers(found: readonly Found[]): readonly Found[] {
  const sure = found.filter((it) => !it.ambiguous && isDated(it.pattern) && levelOf(it.pattern) !== "year");
  const values = sure.flatMap(({ pattern, fitting }) => fitting.map((text) => readDate(text, pattern)));
  if (values.length === 0) return found;
  const low = values.reduce((a, b) => Math.min(a, b)) - WITHIN;
  const high = values.reduce((a, b) => Math.max(a, b)) + WITHIN;
  const within = ({ fitting }: Found, pattern: string): boolean =>
    fitting.every((text) => {
      const value = readDate(text, pattern);
      return value >= low && value <= high;
    });
  return found.map((it) => {
    if (!it.ambiguous) return it;
    const other = swapped(it.pattern);
    const [own, turned] = [within(it, it.pattern), within(it, other)];
    if (own === turned) return it;
    return { ...it, pattern: own ? it.pattern : other, ambiguous: false };
  });
}

const WITHIN = 3 * 86_400_000;

/** Where midnight is more often written 00:00 of the day than 24:00 of the day before, it is written so. */
function withLateHours(found: readonly Found[]): readonly Found[] {
  return found.flatMap((it) => {
    if (!/k/.test(it.pattern) || !isDated(it.pattern)) return [it];
    const early = it.pattern.replace("kk", "HH").replace("k", "H");
    const fitting = it.fitting.filter((text) => !Number.isNaN(readDate(text, early)));
    const late = it.fitting.length - fitting.length;
    const midnights = fitting.filter((text) => readDate(text, early) % 86_400_000 === 0).length;
    if (midnights <= late) return [it];
    return [
      { ...it, pattern: early, fits: fitting.length, fitting },
      { ...it, fits: late, fitting: it.fitting.filter((text) => Number.isNaN(readDate(text, early))) },
    ];
  });
}

/** Patterns that differ in their zone only become one with the offset of each month. */
function withoutZones(found: readonly Found[]): { found: readonly Found[]; offsets?: readonly string[] } {
  const bases = new Set(found.map(({ pattern }) => zoneless(pattern)));
  if (bases.size === found.length) return { found };
  const merged = [...bases].map((base): Found => {
    const own = found.filter(({ pattern }) => zoneless(pattern) === base);
    const most = own.reduce((a, b) => (b.fits > a.fits ? b : a));
    if (own.length === 1) return most;
    const zone = own.some(({ pattern }) => /[+-]\d\d:\d\d$/.test(pattern)) ? "ZZ" : "ZZZ";
    return {
      ...most,
      pattern: base + zone,
      fits: own.reduce((sum, it) => sum + it.fits, 0),
      fitting: own.flatMap(({ fitting }) => fitting),
    };
  });
  const varying = merged.find(({ pattern }) => pattern.endsWith("ZZ"));
  return { found: merged, ...(varying && { offsets: offsetsOf(varying.fitting, varying.pattern) }) };
}

const FRACTION = /[.,]S+/;

/** Fractions that are zero wherever they are written are no precision, so that it can be kept how much other cells tell. */
function withoutZeros(found: readonly Found[]): readonly Found[] {
  if (found.every(({ pattern }) => FRACTION.test(pattern))) return found;
  return found.map((it) => {
    const zero =
      FRACTION.test(it.pattern) && it.fitting.every((text) => readDate(text, it.pattern) % 1000 === 0);
    return zero ? { ...it, pattern: it.pattern.replace(/S+/, (digits) => "0".repeat(digits.length)) } : it;
  });
}

/** Fractions of three lengths and more are as long as they need to be. */
function oneFraction(found: readonly Found[]): readonly Found[] {
  const base = ({ pattern }: Found): string => pattern.replace(FRACTION, "");
  const bases = new Set(found.filter(({ pattern }) => FRACTION.test(pattern)).map(base));
  return [...bases].reduce((all: readonly Found[], same) => {
    const own = all.filter((it) => base(it) === same);
    if (own.length < 3) {
      const [long, ...short] = own.toSorted((a, b) => b.pattern.length - a.pattern.length);
      if (long === undefined || short.length === 0) return all;
      return all;
    }
    const most = own.reduce((a, b) => (b.fits > a.fits ? b : a));
    const pattern = same.replace("ss", "ssF");
    const fitting = own.flatMap((it) => it.fitting);
    return [...all.filter((it) => !own.includes(it)), { ...most, pattern, fits: fitting.length, fitting }];
  }, found);
}
