import type { AnyColumnCode } from "../../../codec/columns/table-code.ts";
import type { TokenCodec } from "../../../codec/token.ts";
import type { Places } from "../../token-rows/places.ts";
import { beginningWith } from "../../token-rows/rows.ts";
import type { TokenRows } from "../../token-rows/rows.ts";
import { reported, start } from "../../training/reported.ts";
import type { Progress } from "../../synthesizer.ts";
import { headOf } from "../../token-rows/heads.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import type { TrainingPlan } from "../plan.ts";
import { chooseGroups } from "./choose-groups.ts";
import { gapPrior, loadGaps, savedGap } from "./gap.ts";
import type { Gap } from "./gap.ts";
import { learnGaps } from "./learn-gaps.ts";
import { learnLines } from "./learn-lines.ts";
import { linePrior, loadLines, savedLine } from "./line.ts";
import type { Line, LinePrior } from "./line.ts";
import type { Prior } from "./prior.ts";
import { tokenScores } from "./scores.ts";

/** What is learned of every place to stand beside its networks: undefined where there is nothing. */
export interface Beside {
  readonly lines: readonly (Line | undefined)[];
  readonly gaps: readonly (Gap | undefined)[];
}

/** For places whose networks stand alone. */
export const nothingBeside = ({ columns }: Places): Beside => ({
  lines: columns.map(() => undefined),
  gaps: columns.map(() => undefined),
});

/** Learns what `plan` wants beside the networks, and the rows in the order of places that it asks for. */
export async function* learnBeside(
  encoded: TokenRows,
  plan: TrainingPlan,
): AsyncGenerator<Progress, { readonly data: TokenRows; readonly beside: Beside }, void> {
  const groups = plan.groups
    ? yield* reported(chooseGroups(encoded), () => ({ ...start, note: "Looking for groups of patients" }))
    : undefined;
  const data = groups ? beginningWith(encoded, groups.place) : encoded;
  const none = nothingBeside(data.places);
  const lines = plan.lines ? learnLines(data, groups && { ...groups, place: 0 }) : none.lines;
  const gaps = plan.gaps
    ? yield* reported(learnGaps(data), () => ({ ...start, note: "Looking for gaps that come together" }))
    : none.gaps;
  return { data, beside: { lines, gaps } };
}

/** JSON of `beside`. */
export const savedBeside = ({ lines, gaps }: Beside): Readonly<Record<string, unknown>> => ({
  lines: lines.map(savedLine),
  gaps: gaps.map(savedGap),
});

/** Inverse of `savedBeside`; throws FaultError `model-damaged`. */
export const loadBeside = (
  state: Readonly<Record<string, unknown>>,
  codec: TokenCodec,
  places: Places,
): Beside => ({
  lines: loadLines(state["lines"], places.counts),
  gaps: loadGaps(state["gaps"], codec, places),
});

/** How each place's logits are made: its head, and what stands beside its networks. `offsets`: the logits without any. */
export function headsWith(
  { lines, gaps }: Beside,
  codec: TokenCodec,
  places: Places,
  offsets: readonly Float32Array[],
): { readonly head: TokenHead; readonly priors: readonly Prior[] }[] {
  const earlier: (LinePrior | undefined)[] = [];
  return places.columns.map((column, place) => {
    const [line, gap] = [lines[place], gaps[place]];
    const code = codec.code.columns[column] as AnyColumnCode;
    const head = headOf(code, offsets[place] as Float32Array, line && tokenScores(code));
    earlier[place] = line && linePrior(line, codec, places, code, head, earlier);
    const gapsSay = gap && gapPrior(gap, codec, places, place, head);
    return { head, priors: [earlier[place], gapsSay].filter((prior) => prior !== undefined) };
  });
}
