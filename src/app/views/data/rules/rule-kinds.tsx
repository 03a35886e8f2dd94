/** The kinds of rules as the page offers and draws them. */
import type { Constraint, ConstraintKind } from "../../../../core/rules/constraint.ts";
import type { ColumnSchema } from "../../../../core/table/table.ts";

/** Lines of 18 px, and dots and squares that are filled. */
const marks = {
  order: ["M3 13.5l5-3.5 3 1.5 4-6M3 15.500h12", ""],
  equal: ["M4 7h10M4 11h10", ""],
  sum: ["M13 4H5l4.500 5L5 14h8", ""],
  ratio: [
    "M4 14L14 4",
    "M3.900 5.500a1.600 1.600 0 103.200 0 1.600 1.600 0 10-3.200 0M10.900 12.500a1.600 1.600 0 103.200 0 1.600 1.600 0 10-3.200 0",
  ],
  grid: ["M3.500 3.500h11v11h-11zM3.500 9h11M9 3.500v11", "M4.500 4.500h4v4h-4zM10 10h4v4h-4z"],
  arrow: ["M3 9h8M8 5.500L11.500 9 8 12.500M15 4v10", ""],
  range: ["M3 5v8M15 5v8M3 9h12", ""],
  gate: ["M3 9h4M11 9h4M7 5v8M11 5v8", ""],
  text: ["M6.500 5L3 9l3.500 4M11.500 5L15 9l-3.500 4", ""],
  never: ["M9 3a6 6 0 100 12A6 6 0 009 3zM4.800 13.200l8.400-8.400", ""],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

type Mark = keyof typeof marks;

const markOf: Readonly<Record<ConstraintKind, Mark>> = {
  order: "order",
  range: "range",
  formula: "sum",
  follows: "arrow",
  combinations: "grid",
  never: "never",
  implies: "arrow",
  "one-hot": "grid",
  "missing-together": "gate",
  multiple: "range",
  "same-within-patient": "equal",
  "nothing-after": "order",
  expression: "text",
};

/** Kinds whose name says more than their shape. */
const markOfName: ReadonlyMap<string, Mark> = new Map([
  ["Tie", "equal"],
  ["Gate", "gate"],
  ["Ratio", "ratio"],
]);

/** The mark of a rule in the list; one that cannot be read has that of a text. */
export const lineMark = (kind: ConstraintKind | undefined, name: string): Mark =>
  kind === undefined ? "text" : (markOfName.get(name) ?? markOf[kind]);

export function RuleMark({ mark }: { mark: Mark }) {
  const [lines, filled] = marks[mark];
  return (
    <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
      <path
        d={lines}
        fill="none"
        stroke="var(--ink-2)"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {filled !== "" && <path d={filled} fill="var(--ink-2)" />}
    </svg>
  );
}

/** A rule to begin with: filled in as far as the columns allow, or how its text is written. */
export interface Beginning {
  readonly rule?: Constraint;
  readonly example: string;
}

export interface Offer {
  readonly id: string;
  readonly label: string;
  readonly mark: Mark;
  readonly begin: (columns: readonly ColumnSchema[]) => Beginning;
}

/** Columns that rules can be about: those that are learned. */
export const ruled = (columns: readonly ColumnSchema[]): readonly ColumnSchema[] =>
  columns.filter(
    ({ kind, role }) => role !== "omit" && role !== "identifier" && kind !== "identifier" && kind !== "text",
  );

export const isNumber = ({ kind }: ColumnSchema): boolean => kind === "integer" || kind === "decimal";
const isDate = ({ kind }: ColumnSchema): boolean => kind === "datetime";
const isCoded = ({ kind }: ColumnSchema): boolean => kind === "category" || kind === "boolean";

/** The names of the first columns that fit, where there are as many; dates before numbers. */
function firstTwo(columns: readonly ColumnSchema[]): readonly string[] | undefined {
  for (const fits of [isDate, isNumber]) {
    const names = columns.filter(fits).map(({ name }) => name);
    if (names.length >= 2) return names.slice(0, 2);
  }
  return undefined;
}

const asText = (example: string) => (): Beginning => ({ example });

function beginOrder(columns: readonly ColumnSchema[]): Beginning {
  const example = "admitted <= discharged";
  const names = firstTwo(columns);
  return names === undefined
    ? { example }
    : { rule: { kind: "order", columns: names, strict: [false] }, example };
}

function beginRange(columns: readonly ColumnSchema[]): Beginning {
  const column = columns.find(isNumber)?.name;
  const example = "age in 0..110";
  return column === undefined ? { example } : { rule: { kind: "range", column, low: 0 }, example };
}

function beginCoded(
  make: (names: readonly string[]) => Constraint,
  example: string,
  fits = isCoded,
): Offer["begin"] {
  return (columns) => {
    const names = columns.filter(fits).map(({ name }) => name);
    return names.length < 2 ? { example } : { rule: make(names.slice(0, 2)), example };
  };
}

const beginOne =
  (make: (name: string) => Constraint, example: string, fits: (column: ColumnSchema) => boolean) =>
  (columns: readonly ColumnSchema[]): Beginning => {
    const name = columns.find(fits)?.name;
    return name === undefined ? { example } : { rule: make(name), example };
  };

/** The kinds that "Add a rule" shows at once. */
export const offers: readonly Offer[] = [
  { id: "order", label: "Order", mark: "order", begin: beginOrder },
  {
    id: "equal",
    label: "Equal when",
    mark: "equal",
    begin: asText("if died = 0 and relapsed = 0 then relapse_days = follow_up_days"),
  },
  {
    id: "sum",
    label: "Sum, difference",
    mark: "sum",
    begin: asText("gcs = gcs_eye + gcs_verbal + gcs_motor"),
  },
  { id: "ratio", label: "Ratio, formula", mark: "ratio", begin: asText("bmi = weight / (height / 100)^2") },
  {
    id: "combinations",
    label: "Fixed combinations",
    mark: "grid",
    begin: beginCoded((columns) => ({ kind: "combinations", columns }), "clinic, ward only in known pairs"),
  },
  {
    id: "implies",
    label: "If–then",
    mark: "arrow",
    begin: asText('if smoker = "no" then pack_years is missing'),
  },
  { id: "range", label: "Range", mark: "range", begin: beginRange },
  { id: "text", label: "As text", mark: "text", begin: asText("dbp <= map and map <= sbp") },
];

/** Those behind "More kinds". */
export const moreOffers: readonly Offer[] = [
  {
    id: "never",
    label: "Never together",
    mark: "never",
    begin: asText('never sex = "male" and pregnant = "yes"'),
  },
  {
    id: "follows",
    label: "Follows from",
    mark: "arrow",
    begin: beginCoded(
      ([from = "", column = ""]) => ({ kind: "follows", column, from }),
      "county follows from city",
    ),
  },
  {
    id: "missing-together",
    label: "Missing together",
    mark: "gate",
    begin: beginCoded(
      (columns) => ({ kind: "missing-together", columns }),
      "admitted, discharged missing together",
      () => true,
    ),
  },
  {
    id: "one-hot",
    label: "Exactly one is 1",
    mark: "grid",
    begin: asText("one of ward_a, ward_b, ward_c is 1"),
  },
  {
    id: "multiple",
    label: "Multiple of",
    mark: "range",
    begin: beginOne((column) => ({ kind: "multiple", column, of: 5 }), "dose multiple of 5", isNumber),
  },
  {
    id: "same-within-patient",
    label: "Same within patient",
    mark: "equal",
    begin: beginOne(
      (column) => ({ kind: "same-within-patient", column }),
      "sex same within patient",
      isCoded,
    ),
  },
  {
    id: "nothing-after",
    label: "Nothing after",
    mark: "order",
    begin: beginOne((column) => ({ kind: "nothing-after", column }), "nothing after death_date", isDate),
  },
];
