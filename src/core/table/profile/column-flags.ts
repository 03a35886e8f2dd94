import { namesBirth, namesContact, namesPostcode } from "../column-names.ts";
import { patternWords, severalWays } from "../formats/dates/date-words.ts";
import { formatNumber, PLAIN } from "../formats/number-format.ts";
import type { ColumnFlag } from "../profile.ts";
import type { Identifies } from "../identifies.ts";
import type { ColumnSchema, Survival, Table } from "../table.ts";
import type { GivenAway } from "./given-away.ts";
import type { ImpossibleValues } from "./impossible-values.ts";
import { impossibleWords, limitWords, unitsWords, type LimitedCells } from "./value-words.ts";

/** A number that probably stands for missing. */
export interface Sentinel {
  readonly value: number;
  readonly cells: number;
}

/** What flags are raised from: counts only, no cell. */
export interface Flagged {
  readonly schema: ColumnSchema;
  readonly table: Table;
  readonly missing: number;
  readonly distinct: number;
  /** Numeric: zeros that stand apart from all other values. */
  readonly suspectZeros: number;
  readonly sentinel: Sentinel | undefined;
  /** Numeric: the least and the greatest value. */
  readonly reach?: readonly [number, number];
  /** Numeric: what its column cannot hold. */
  readonly impossible: readonly ImpossibleValues[];
  /** Numeric: cells that tell only a limit. */
  readonly limited: LimitedCells;
  /** Coded: cells of each level that occurs. */
  readonly counts: readonly number[];
  /** Coded: cells whose level fewer than five patients share, and whether those are more than half of the cells. */
  readonly withheld: number;
  readonly mostlyWithheld: boolean;
  /** It tells the target by itself. */
  readonly givesAway: GivenAway | undefined;
}

/** Levels with fewer rows than this can point to a person. */
const FEW = 5;

const percent = (share: number): string =>
  share < 0.0005 ? "under 0.1%" : `${(100 * share).toFixed(1).replace(/\.0$/, "")}%`;
const count = (n: number): string => n.toLocaleString("en");
const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** The flags of one column, gravest first. Each says what was seen and what was done about it. */
export function flagsOf(it: Flagged): ColumnFlag[] {
  return [...identifying(it), ...givingAway(it), ...doubtful(it), ...notable(it)];
}

type Offer = NonNullable<ColumnFlag["offer"]>;

const flag = (level: ColumnFlag["level"], { schema }: Flagged, text: string, offer?: Offer): ColumnFlag => ({
  level,
  column: schema.name,
  text,
  ...(offer === undefined ? {} : { offer }),
});

const toRole = (it: Flagged, label: string, role: ColumnSchema["role"]): Offer => ({
  label,
  change: { type: "role", column: it.schema.name, role },
});

const rare = ({ counts }: Flagged): number => counts.filter((cells) => cells < FEW).length;

function identifying(it: Flagged): ColumnFlag[] {
  const { schema } = it;
  const out = schema.role === "omit";
  if (schema.role === "identifier") {
    return [
      flag("stop", it, "Looks like a record number. Keeps patients apart, never learned."),
      ...withoutPatient(it),
    ];
  }
  const { identifies } = schema;
  if (schema.kind === "identifier" && (identifies === undefined || identifies.what === "record-number")) {
    return [flag("stop", it, "Looks like a record number. Left out; made-up ids take its place.")];
  }
  if (namesBirth(schema.name) && schema.kind === "datetime") {
    const age = it.table.schema.columns.some(({ name }) => /^(age|alter)$/i.test(name));
    const text = `A full date of birth. ${out ? `Left out${age ? "; age is present" : ""}.` : "It can point to a person."}`;
    return [
      flag(
        "stop",
        it,
        text,
        out ? toRole(it, "Include in training", "feature") : toRole(it, "Leave out", "omit"),
      ),
    ];
  }
  if (namesPostcode(schema.name) && it.counts.length > 0) {
    const few = plural(rare(it), "code has", "codes have");
    const text = `A postcode. ${few} fewer than ${FEW} rows. ${out ? "Left out." : "It can point to a person."}`;
    return [
      flag(
        "stop",
        it,
        text,
        out ? toRole(it, "Include in training", "feature") : toRole(it, "Leave out", "omit"),
      ),
    ];
  }
  if (identifies !== undefined && identifies.what !== "free-text") return pointedOut(it, identifies);
  if (schema.kind === "text") {
    const what = namesContact(schema.name) ? "Names or addresses" : "Free text, which may name people";
    return [flag("stop", it, `${what}. Left out.`)];
  }
  return [];
}

/** Rows that nobody's id stands in. */
function withoutPatient(it: Flagged): ColumnFlag[] {
  if (it.missing === 0 || it.missing === it.table.rows) return [];
  const one = it.missing === 1;
  const text = `${plural(it.missing, "row")} without it. ${one ? "It counts" : "They count"} as one patient's and ${one ? "is" : "are"} never held out.`;
  return [flag("check", it, text)];
}

/** A column that can tell who a person is, by what was seen in it. */
function pointedOut(it: Flagged, { what, why }: Identifies): ColumnFlag[] {
  const { schema } = it;
  if (schema.role === "omit") {
    const made = schema.kind === "identifier" && schema.fresh !== "" ? "; made-up ones take its place" : "";
    return [flag("stop", it, `${why} Left out${made}.`, toRole(it, "Include in training", "feature"))];
  }
  if (what === "date") return [];
  if (what === "age-over-89") {
    const step = { step: "coarsen", column: schema.name, to: { by: "top", at: 89 } } as const;
    const text =
      "Ages over 89 are so rare that they count as identifying (HIPAA Safe Harbor). Learned as they are.";
    const offer: Offer = { label: "Write them as “>89”", change: { type: "clean", step } };
    return [{ ...flag("check", it, text, offer), about: "person" }];
  }
  if (what === "small-area")
    return [
      {
        ...flag("note", it, `${why} They can point to a person.`, toRole(it, "Leave out", "omit")),
        about: "person",
      },
    ];
  return [flag("stop", it, `${why} It can name people.`, toRole(it, "Leave out", "omit"))];
}

function givingAway(it: Flagged): ColumnFlag[] {
  if (it.givesAway === undefined) return [];
  const { target, measure, value } = it.givesAway;
  const text = `Gives the target ${target} away by itself (${measure} ${value.toFixed(3)}). If it is known only after the outcome, or made from it, leave it out.`;
  return [{ ...flag("check", it, text, toRole(it, "Leave out", "omit")), about: "target" }];
}

function doubtful(it: Flagged): ColumnFlag[] {
  const { findings, name, kind, date } = it.schema;
  const flags: ColumnFlag[] = [];
  const stray = findings?.stray;
  if (stray !== undefined) {
    const what =
      kind === "datetime"
        ? "dates"
        : kind === "integer"
          ? "whole numbers"
          : kind === "boolean"
            ? "yes or no"
            : "numbers";
    const text = `${plural(stray.cells, "cell")} (${percent(stray.share)}) ${stray.cells === 1 ? "is" : "are"} not ${what}, the first in row ${count(stray.firstRow)}. Treated as missing.`;
    const offer: Offer = {
      label: "Read as category",
      change: { type: "kind", column: name, kind: "category" },
    };
    flags.push({ ...flag("check", it, text, offer), about: "unread" });
  }
  if (findings?.numbers !== undefined) {
    flags.push(
      flag(
        "check",
        it,
        `${percent(findings.numbers)} of the cells are numbers, the others are text. Read as category.`,
        {
          label: "Read as number, the rest as missing",
          change: { type: "kind", column: name, kind: "decimal", strayAsMissing: true },
        },
      ),
    );
  }
  if (findings?.tokenLevel !== undefined) {
    const token = findings.tokenLevel;
    const tokens = [...it.table.schema.missingTokens, token];
    flags.push(
      flag("check", it, `“${token}” stands among short codes, and in no other column. Read as a level.`, {
        label: `Treat ${token} as missing`,
        change: { type: "missing-tokens", tokens },
      }),
    );
  }
  if (findings?.beyond !== undefined) {
    flags.push(
      flag(
        "check",
        it,
        `${plural(findings.beyond, "value")} beyond any number (above 1e308, Infinity). Treated as missing.`,
      ),
    );
  }
  if (findings?.dayMonthUnsettled === true) {
    flags.push(
      flag(
        "check",
        it,
        `Day and month could be the other way round in ${date?.others ? "some cells" : "every cell"}. Read as ${date === undefined ? "it stands" : patternWords(date.pattern)}.`,
      ),
    );
  }
  if (findings?.caseTwins !== undefined) {
    const text = `${plural(findings.caseTwins, "level differs", "levels differ")} from another only in upper and lower case. Kept apart.`;
    flags.push({ ...flag("check", it, text), about: "spelling" });
  }
  const told = it.impossible.some(({ side, bound }) => side === "low" && bound > 0);
  const zeros = told ? 0 : it.suspectZeros;
  if (zeros > 0 && kind !== "datetime" && it.schema.course === undefined) {
    flags.push(
      flag(
        "check",
        it,
        `${plural(zeros, "value")} of 0 far below all others may stand for missing. Kept as ${zeros === 1 ? "it is" : "they are"}.`,
      ),
    );
  }
  return [...flags, ...unitsFlag(it), ...impossibleFlags(it), ...sentinelFlag(it), ...manyLevels(it)];
}

function unitsFlag(it: Flagged): ColumnFlag[] {
  const words = unitsWords(it.schema);
  return words === undefined ? [] : [flag("check", it, words)];
}

/** Told as one code for missing. */
const isSentinel = ({ sentinel }: Flagged, value: number, cells: number): boolean =>
  sentinel?.value === value && sentinel.cells === cells;

function impossibleFlags(it: Flagged): ColumnFlag[] {
  const others = it.impossible.filter(({ value, cells }) => !isSentinel(it, value, cells));
  return others.map((values) => {
    const { text, beyond } = impossibleWords(values, it.schema);
    const { side, bound } = values;
    const step = {
      step: "limit",
      column: it.schema.name,
      ...(side === "high" ? { high: bound } : { low: bound }),
    } as const;
    const kept = `Kept as ${values.cells === 1 ? "it is" : "they are"}.`;
    return flag("check", it, `${text} ${kept}`, {
      label: `Treat values ${beyond} as missing`,
      change: { type: "clean", step },
    });
  });
}

function sentinelFlag(it: Flagged): ColumnFlag[] {
  if (it.sentinel === undefined || it.schema.kind === "datetime") return [];
  const { value, cells } = it.sentinel;
  const written = formatNumber(value, it.schema.number ?? { ...PLAIN, decimals: 0 });
  const text = `${plural(cells, "cell")} of ${written}, far from all other values, may stand for missing. Kept as ${cells === 1 ? "it is" : "they are"}.`;
  const tokens = [...it.table.schema.missingTokens, written];
  return [
    flag("check", it, text, {
      label: `Treat ${written} as missing`,
      change: { type: "missing-tokens", tokens },
    }),
  ];
}

/** Characters of a code that name its group: I50 of I50.14, A10 of A10BA02. */
const GROUP = 3;
const GROUPED = /^(ICD|ATC|OPS)/;

/** What is offered for rare levels: of codes, those of a group as one; else to learn them or not. */
function rareOffer(it: Flagged): Offer {
  const { schema, counts } = it;
  const column = it.table.columns[it.table.schema.columns.findIndex(({ name }) => name === schema.name)];
  const longer = column?.type === "coded" && column.levels.some(({ length }) => length > GROUP);
  if (GROUPED.test(schema.system ?? "") && counts.length > 1 && longer) {
    return {
      label: `Group by the first ${GROUP} characters`,
      change: {
        type: "clean",
        step: { step: "coarsen", column: schema.name, to: { by: "first", characters: GROUP } },
      },
    };
  }
  return schema.role === "omit"
    ? toRole(it, "Include in training", "feature")
    : toRole(it, "Leave out", "omit");
}

function mostlyRare(it: Flagged): ColumnFlag[] {
  const { schema, withheld, counts } = it;
  const out = schema.role === "omit";
  const present = counts.reduce((sum, cells) => sum + cells, 0);
  const what = `${count(withheld)} of ${plural(present, "cell")} (${percent(withheld / present)}) have a level that fewer than ${FEW} patients share.`;
  const made = schema.rareLevels === "common" ? "one common level" : "missing";
  const text = out ? `${what} Left out: it comes out empty.` : `${what} These come out as ${made}.`;
  return [flag("check", it, text, rareOffer(it))];
}

function manyLevels(it: Flagged): ColumnFlag[] {
  const { schema, counts } = it;
  const levels = schema.kind === "category" || schema.kind === "boolean";
  if (levels && it.mostlyWithheld && !namesPostcode(schema.name)) return mostlyRare(it);
  if (schema.kind !== "category" || counts.length <= 20 || namesPostcode(schema.name)) return [];
  const few = rare(it);
  if (few === 0) return [];
  const out = schema.role === "omit";
  const text = `${count(counts.length)} levels; ${count(few)} have fewer than ${FEW} rows. ${out ? "Left out." : "A rare level can point to a person."}`;
  return [flag("check", it, text, rareOffer(it))];
}

function notable(it: Flagged): ColumnFlag[] {
  const { schema, missing, table } = it;
  if (missing === table.rows) return [flag("note", it, "Every cell is missing. Left out.")];
  const limits = limitWords(it.limited, schema);
  const flags: ColumnFlag[] = limits === undefined ? [] : [flag("note", it, limits)];
  if (schema.kind === "constant" && it.distinct === 1) {
    flags.push(flag("note", it, "Every row has the same value. It is kept as it is."));
  }
  const ways = schema.date && severalWays(schema.date);
  if (ways !== undefined) flags.push(flag("note", it, ways));
  if (mayBeSerials(it)) {
    flags.push(
      flag("note", it, "Whole numbers in the range in which Excel counts days since 2000. Read as numbers.", {
        label: "Read as dates",
        change: { type: "kind", column: schema.name, kind: "datetime" },
      }),
    );
  }
  const share = missing / table.rows;
  const learned = schema.role !== "omit" && schema.role !== "identifier";
  if (share >= 0.05 && learned) {
    flags.push(flag("note", it, `${percent(share)} missing. Being missing is learned too.`));
  }
  return flags;
}

/** Days of the years 2000 to 2035 as Excel counts them, spread over no more than these. */
const SERIALS = [36_526, 49_674] as const;
const LEAST_DAYS = 10;

const mayBeSerials = ({ schema, reach, distinct }: Flagged): boolean =>
  schema.kind === "integer" &&
  schema.measure === undefined &&
  reach !== undefined &&
  reach[0] >= SERIALS[0] &&
  reach[1] <= SERIALS[1] &&
  distinct >= LEAST_DAYS;

/** A column that seems to be the follow-up time, or the event that ends it. */
export function survivalOffer(
  survival: Survival,
  { time, event, sure }: { readonly time: string; readonly event: string; readonly sure: boolean },
): ColumnFlag {
  const [column, text, label] =
    survival === "time"
      ? [time, `Could be how long patients were followed until ${event}.`, "Mark as follow-up time"]
      : [event, `Could be the event that ends ${time}.`, "Mark as event"];
  const stay = sure ? "" : " A stay ends with discharge as well, which then counts as censored.";
  return {
    level: "note",
    column,
    text: `${text} Mark both to have survival compared.${stay}`,
    offer: { label, change: { type: "survival", column, survival } },
  };
}
