/** What stands between numbers, and what it binds. */
export type Operator = "+" | "-" | "*" | "/" | "^" | "mod";

export type Comparison = "<" | "<=" | "=" | "!=" | ">" | ">=";

/** Functions of numbers and of times between two dates; `days` and the like take milliseconds. */
export type FunctionName =
  | "abs"
  | "floor"
  | "ceil"
  | "round"
  | "sqrt"
  | "log"
  | "exp"
  | "min"
  | "max"
  | "minutes"
  | "hours"
  | "days"
  | "years";

/**
 * A rule's text as a tree. A name is a column's; a text is a level or, beside a date, a date. Where a cell that counts is
 * missing, a comparison has no answer, and what is joined from it has one only where the rest decides (Kleene's logic).
 */
export type Expression =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "column"; readonly name: string }
  | {
      readonly type: "arithmetic";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: "negative"; readonly of: Expression }
  | { readonly type: "call"; readonly name: FunctionName; readonly parts: readonly Expression[] }
  /** `a <= b < c`: one comparison fewer than operands */
  | {
      readonly type: "compare";
      readonly operands: readonly Expression[];
      readonly comparisons: readonly Comparison[];
    }
  | { readonly type: "in"; readonly of: Expression; readonly options: readonly Expression[] }
  /** `x in low..high`, both ends included; an end left out is open */
  | {
      readonly type: "between";
      readonly of: Expression;
      readonly low?: Expression;
      readonly high?: Expression;
    }
  | { readonly type: "missing"; readonly column: string }
  | { readonly type: "not"; readonly of: Expression }
  | { readonly type: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly type: "if"; readonly when: Expression; readonly then: Expression };
