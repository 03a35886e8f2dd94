import { describe, expect, it } from "vitest";
import { tableOf } from "../fixtures/table-of.ts";
import type { Cells } from "../fixtures/table-of.ts";
import { alignColumns } from "../measuring/align.ts";
import { columnNames } from "../measuring/bounds.ts";
import { followUpOf, knownFollowUps, NO_SURVIVAL } from "./survival-columns.ts";

const found = (given: Record<string, Cells>) => {
  const table = tableOf(given);
  return followUpOf(alignColumns([table], columnNames(table)));
};
const time: Cells = { kind: "integer", survival: "time", cells: [4, 9, 2, 7, 7, 1] };
const event = (...cells: (string | null)[]): Cells => ({ kind: "category", survival: "event", cells });

describe("the event of a follow-up", () => {
  it.each([
    ["1", ["0", "1", "0", "1", "0", "1"]],
    ["2", ["1", "2", "1", "2", "1", "2"]],
    ["dead", ["alive", "dead", "alive", "dead", "alive", "alive"]],
    ["yes", ["no", "yes", "no", "yes", "yes", "yes"]],
    ["2", ["0", "1", "2", "2", "0", "1"]],
    ["dead", ["lost", "dead", "transplanted", "dead", "lost", "lost"]],
  ])("is %s among %j", (level, cells) => {
    const follow = found({ time, status: event(...cells) });
    if ("reason" in follow) throw new Error(follow.reason);
    expect(follow.classes.event).toBe(level);
    expect([...(follow.classes.labels[0] as Int32Array)]).toEqual(
      cells.map((cell) => (cell === level ? 1 : 0)),
    );
  });

  it("rows without time or event do not count", () => {
    const follow = found({
      time: { ...time, cells: [4, null, 2, 7, 7, 1] },
      status: event("0", "1", null, "1", "0", "1"),
    });
    if ("reason" in follow) throw new Error(follow.reason);
    expect([...knownFollowUps(follow, 0)]).toEqual([0, 3, 4, 5]);
  });

  it.each([
    [{ x: { kind: "integer", cells: [1, 2] } }, NO_SURVIVAL],
    [{ time }, "time is marked as the follow-up time, and no column as the event."],
    [{ dead: event("0", "1") }, "dead is marked as the event, and no column as the follow-up time."],
    [
      { time: { ...time, cells: [4, 9, -2, 7, 7, 1] }, dead: event("0", "1", "0", "1", "0", "1") },
      "The follow-up time time is negative in some rows.",
    ],
    [
      { time, dead: event("1", "1", "1", "1", "1", "1") },
      "The event dead is the same in every row, or has too many levels.",
    ],
  ] as [Record<string, Cells>, string][])("says why there is none (%#)", (given, reason) => {
    expect(found(given)).toEqual({ reason });
  });
});
