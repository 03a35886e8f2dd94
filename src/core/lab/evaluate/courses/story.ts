import type { AlignedColumn } from "../../../metrics/measuring/align.ts";
import type { SyntheticTimeline } from "../../../report/report.ts";
import { atTime, isYes, timeWords, valueWords, visitsWords } from "../../../words/courses.ts";
import { count, plural } from "../../../words/numbers.ts";
import type { CourseClock } from "./course-clock.ts";
import { SYNTHETIC } from "./course-side.ts";

type Told = Omit<SyntheticTimeline, "story" | "numbers"> & {
  /** `moved`: last less first value, in standard deviations within real patients */
  readonly numbers: readonly (SyntheticTimeline["numbers"][number] & { readonly moved: number })[];
};

const MOST_FACTS = 2;

const joined = new Intl.ListFormat("en-GB", { type: "conjunction" });

/**
 * A course in a few plain sentences: who, how many visits, what rises and falls and when, which states change, how it
 * ends. Every number in it is a value of the synthetic rows.
 * @param row a row of the patient
 */
export function storyOf(
  told: Told,
  clock: CourseClock,
  statics: readonly AlignedColumn[],
  row: number,
): string {
  const known = told.times.filter((time) => !Number.isNaN(time));
  const span = known.length < 2 ? 0 : (known.at(-1) as number) - (known[0] as number);
  const visits = visitsWords(clock, told.times.length, span);
  const sentences = [
    `${whoWords(statics, row)}, ${visits}.`,
    ...told.numbers.map((number) => numberWords(number, told.times, clock)),
    ...told.states.map((state) => stateWords(state, told.times, clock)),
    ...(told.end ? [`${capital(told.end.label)} ${atTime(clock, told.end.at)}.`] : []),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const WOMEN = /^(f|female|w|woman|weiblich|frau)$/i;
const MEN = /^(m|male|man|männlich|mann)$/i;

/** "A woman of 51, drug placebo" */
function whoWords(statics: readonly AlignedColumn[], row: number): string {
  const level = (column: AlignedColumn): string | undefined =>
    column.type === "coded" ? column.levels[column.codes[SYNTHETIC]?.[row] as number] : undefined;
  const sex = statics.find(({ schema }) => /^(sex|gender|geschlecht)$/i.test(schema.name));
  const age = statics.find(({ schema }) => /^(age|alter)([_ .].*)?$/i.test(schema.name));
  const said = (sex && level(sex)) ?? "";
  const person = WOMEN.test(said) ? "A woman" : MEN.test(said) ? "A man" : "A patient";
  const years =
    age?.type === "numeric" ? (age.values[SYNTHETIC]?.[row] as number) : Number((age && level(age)) ?? NaN);
  const facts = statics
    .filter(
      (column) =>
        column !== sex &&
        (column !== age || Number.isNaN(years)) &&
        column.schema.survival === undefined &&
        column.schema.kind !== "identifier",
    )
    .flatMap((column) => {
      const text = level(column);
      return text === undefined ? [] : [{ name: column.schema.name, text }];
    })
    .slice(0, MOST_FACTS)
    .map(({ name, text }) => `${name} ${text}`);
  return [`${person}${Number.isNaN(years) ? "" : ` of ${count(Math.floor(years))}`}`, ...facts].join(", ");
}

/** "bili rises from 1.1 to 14.2, half of it by 3.5 years." */
function numberWords(number: Told["numbers"][number], times: readonly number[], clock: CourseClock): string {
  const known = number.values.flatMap((value, i) =>
    Number.isNaN(value) ? [] : [{ value, time: times[i] as number }],
  );
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "";
  const write = (value: number): string => valueWords(number, value);
  const unit = number.unit === undefined ? "" : ` ${number.unit}`;
  const name = capital(number.name);
  if (Math.abs(number.moved) < 1 || first.value === last.value) {
    const values = known.map(({ value }) => value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high
      ? `${name} stays at ${write(low)}${unit}.`
      : `${name} stays between ${write(low)} and ${write(high)}${unit}.`;
  }
  const up = last.value > first.value;
  const half = (first.value + last.value) / 2;
  const crossed = known.find(({ value }) => (up ? value >= half : value <= half));
  const when =
    crossed === undefined || crossed === last || Number.isNaN(crossed.time)
      ? ""
      : `, half of it by ${timeWords(clock, crossed.time)}`;
  return `${name} ${up ? "rises" : "falls"} from ${write(first.value)} to ${write(last.value)}${unit}${when}.`;
}

/** "Stage goes from 2 to 3 at 2.1 years and to 4 at 4.1 years." "Ascites from 5 years on." */
function stateWords(
  { name, yes, levels }: Told["states"][number],
  times: readonly number[],
  clock: CourseClock,
): string {
  const known = levels.flatMap((level, i) => (level === "" ? [] : [{ level, time: times[i] as number }]));
  const steps = known.filter(({ level }, i) => i > 0 && level !== known[i - 1]?.level);
  const [first, one] = [known[0], steps[0]];
  if (first === undefined || one === undefined) return "";
  const at = (time: number): string => (Number.isNaN(time) ? "" : ` ${atTime(clock, time)}`);
  if (yes === true) {
    const having = known.filter(({ level }) => isYes(level)).length;
    if (steps.length > 1) return `${capital(name)} at ${having} of ${plural(known.length, "visit")}.`;
    if (isYes(one.level)) return `${capital(name)} from ${timeWords(clock, one.time)} on.`;
    return `${capital(name)} until ${timeWords(clock, one.time)}.`;
  }
  const told = steps.slice(0, 3).map(({ level, time }) => `to ${level}${at(time)}`);
  const more = steps.length > 3 ? ` and changes ${plural(steps.length - 3, "more time")}` : "";
  return `${capital(name)} goes from ${first.level} ${joined.format(told)}${more}.`;
}
