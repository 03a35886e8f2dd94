import { coarsened, partialDates, withWholeDates } from "../../codec/columns/partial-dates.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, ColumnSchema, DateFormat, Table } from "../../table/table.ts";
import type { Artifact, Model, SampleRequest, Synthesizer } from "../synthesizer.ts";
import { reported } from "../training/reported.ts";
import { keepingInCourses, visitsWithPrecision } from "./precision-in-courses.ts";
import { meeting, wholeOf } from "./whole-dates.ts";

/**
 * `design`, in whose rows dates tell as much as those of the training rows: some the day, some the month, some the year
 * (`DateFormat.coarser`). Tables whose dates are all whole pass through as they are.
 */
export function keepingPrecision(design: Synthesizer): Synthesizer {
  const { logLikelihoods } = design;
  return {
    ...design,
    async *fit(train, params, rng, options) {
      const partial = partialDates(train);
      if (partial.length === 0) return yield* design.fit(train, params, rng, options);
      const whole = withWholeDates(train, partial, rng.fork("days of partial dates"));
      const run = design.fit(whole, params, rng, options);
      const dice = rng.fork("precision");
      const shown = design.needs === "courses" ? visitsWithPrecision : withPrecision;
      const model = yield* reported(run, (report) =>
        report.preview ? { ...report, preview: shown(report.preview, dice) } : report,
      );
      return keeping(model);
    },
    ...(logLikelihoods && {
      logLikelihoods: (artifact: Artifact, table: Table, pulse?: () => Promise<void>) =>
        logLikelihoods(artifact, wholeOf(table), pulse),
    }),
    load: async (artifact) => keeping(await design.load(artifact)),
  };
}

const keeping = (model: Model): Model => ({
  synthesizer: model.synthesizer,
  ...(model.courses && { courses: keepingInCourses(model.courses) }),
  async sample(rows, rng, request) {
    const dice = rng.fork("precision");
    const { complete } = request ?? {};
    const asked = complete && request ? { ...request, complete: wholeOf(complete) } : request;
    const drawn = await model.sample(rows, rng, asked);
    return model.courses ? visitsWithPrecision(drawn, dice, request) : withPrecision(drawn, dice, request);
  },
  save: () => model.save(),
  dispose: () => model.dispose(),
});

/**
 * Drawn rows with dates as exact as their formats say, or those of the table that was to be completed; what was given, and
 * what was asked for, stays.
 */
function withPrecision(table: Table, rng: Rng, { complete, where }: SampleRequest = {}): Table {
  const { schema } = complete ?? table;
  const partial = partialDates({ schema });
  if (partial.length === 0) return table;
  const columns = [...table.columns];
  for (const j of partial) {
    const { name, date } = schema.columns[j] as ColumnSchema;
    const column = columns[j] as Column;
    const given = complete?.columns[j];
    if (column.type !== "numeric") continue;
    const meets = meeting(where ?? [], name);
    const values = coarsened(column.values, date as DateFormat, rng.fork(name), (_, value) => meets(value));
    if (given?.type === "numeric")
      given.values.forEach((value, row) => {
        if (Number.isFinite(value)) values[row] = value;
      });
    columns[j] = { type: "numeric", values };
  }
  return { ...table, columns };
}
