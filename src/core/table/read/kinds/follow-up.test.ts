import { describe, expect, it } from "vitest";
import { profileTable } from "../../profile/profile-table.ts";
import type { SchemaChange } from "../../profile.ts";
import { readText } from "../../fixtures/read-text.ts";
import { reviseTable } from "../revise.ts";

/** A table of a time, an event, and something else. */
const text = (
  time: string,
  event: string,
  times = (i: number) => (i * 37) % 400,
  events = (i: number) => i % 2,
) =>
  [
    `age,${time},${event},ward`,
    ...Array.from({ length: 90 }, (_, i) => `${30 + ((i * 7) % 50)},${times(i)},${events(i)},w${i % 3}`),
  ].join("\n");
const marks = async (csv: string, changes: SchemaChange[] = []) => {
  const { table } = await readText(csv, { changes });
  return Object.fromEntries(
    table.schema.columns.flatMap(({ name, survival }) => (survival ? [[survival, name]] : [])),
  );
};

describe("follow-up time and event", () => {
  it.each([
    ["futime", "fustat"],
    ["time", "status"],
    ["OS_MONTHS", "OS_STATUS"],
    ["followUpDays", "death"],
    ["time", "DEATH_EVENT"],
    ["survival_time", "dead"],
  ])("%s and %s are marked", async (time, event) => {
    expect(await marks(text(time, event))).toEqual({ time, event });
  });

  it.each([
    ["los_days", "died"],
    ["los_days", "died_30d"],
    ["futime", "died_1y"],
    ["futime", "marital_status"],
    ["futime", "cause_of_death"],
    ["time_of_day", "died"],
    ["bmi", "died"],
  ])("%s and %s are not", async (time, event) => {
    expect(await marks(text(time, event))).toEqual({});
  });

  it("times are numbers that are never negative, events have few levels", async () => {
    expect(await marks(text("futime", "death", (i) => i - 40))).toEqual({});
    expect(await marks(text("futime", "death", undefined, (i) => i % 7))).toEqual({});
    expect(await marks(text("futime", "status", undefined, (i) => i % 3))).toEqual({
      time: "futime",
      event: "status",
    });
  });

  it("a person names others, one of each, and takes them back", async () => {
    const csv = text("los_days", "died");
    const to = (column: string, survival: "time" | "event" | "none"): SchemaChange => ({
      type: "survival",
      column,
      survival,
    });
    expect(await marks(csv, [to("los_days", "time"), to("died", "event")])).toEqual({
      time: "los_days",
      event: "died",
    });
    expect(await marks(csv, [to("los_days", "time"), to("age", "time")])).toEqual({ time: "age" });
    const { table } = await readText(text("futime", "death"));
    const revised = reviseTable(table, [to("death", "none")]);
    if (revised.status !== "revised") throw new Error(revised.reason);
    expect(revised.table.schema.columns.map(({ survival }) => survival)).toEqual([
      undefined,
      "time",
      undefined,
      undefined,
    ]);
  });

  it("a stay is offered and not taken, and an offer goes when it is taken up", async () => {
    const offers = async (csv: string, changes: SchemaChange[] = []) => {
      const profiles = await profileTable((await readText(csv, { changes })).table);
      return profiles.flatMap(({ flags }) =>
        flags.flatMap(({ column, text: said, offer }) =>
          offer?.change.type === "survival" ? [[column, said]] : [],
        ),
      );
    };
    expect(await offers(text("los_days", "died"))).toEqual([
      [
        "los_days",
        "Could be how long patients were followed until died. Mark both to have survival compared. A stay ends with discharge as well, which then counts as censored.",
      ],
      [
        "died",
        "Could be the event that ends los_days. Mark both to have survival compared. A stay ends with discharge as well, which then counts as censored.",
      ],
    ]);
    const taken: SchemaChange[] = [
      { type: "survival", column: "los_days", survival: "time" },
      { type: "survival", column: "died", survival: "event" },
    ];
    expect(await offers(text("los_days", "died"), taken)).toEqual([]);
    expect(await offers(text("futime", "death"))).toEqual([]);
  });
});
