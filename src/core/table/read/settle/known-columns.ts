import type { RawCells } from "../column-cells.ts";
import { gatherFacts, type Facts } from "../kinds/column-facts.ts";
import type { MissingTokens } from "../../formats/missing-tokens.ts";
import type { NumberContext } from "../../formats/number-marks.ts";
import { settle } from "./settle-columns.ts";
import type { Settled, SettleOptions } from "./settled.ts";
import type { Kind } from "../../table.ts";

/**
 * What was found out of a column's cells the last time, so that of a table that is made again after a cleaning step only
 * the columns that the step changed are looked at.
 */
interface Known<Found> {
  readonly asked: string;
  readonly given: ReadonlySet<string> | undefined;
  readonly found: Found;
}

const facts = new WeakMap<RawCells, Known<Facts>>();
const settled = new WeakMap<RawCells, Known<Settled>>();

/** As `gatherFacts`. */
export function knownFacts(
  name: string,
  raw: RawCells,
  tokens: MissingTokens,
  context: NumberContext,
): Facts {
  return known(facts, raw, tokens, JSON.stringify([name, context, levelsOf(tokens)]), () =>
    gatherFacts(name, raw, tokens, context),
  );
}

/** As `settle`. */
export function knownSettled(raw: RawCells, kind: Kind, options: SettleOptions): Settled {
  const { tokens, ...rest } = options;
  return known(settled, raw, tokens, JSON.stringify([kind, rest, levelsOf(tokens)]), () =>
    settle(raw, kind, options),
  );
}

const levelsOf = ({ levels }: MissingTokens): readonly string[] => [...(levels ?? [])];

function known<Found>(
  all: WeakMap<RawCells, Known<Found>>,
  raw: RawCells,
  { given }: MissingTokens,
  asked: string,
  find: () => Found,
): Found {
  const before = all.get(raw);
  if (before?.asked === asked && before.given === given) return before.found;
  const found = find();
  all.set(raw, { asked, given, found });
  return found;
}
