import type { Derivations } from "../../codec/derived/derivations.ts";
import { learnLookups, loadDerivations } from "../../codec/derived/derivations.ts";
import { withholding } from "../../codec/columns/withheld.ts";
import type { Rng } from "../../math/rng.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { answer } from "../requests/answer.ts";
import type { ColumnCondition } from "../requests/check.ts";
import { reported } from "../training/reported.ts";
import type { Acceptance, Artifact, Condition, Model, Progress, Synthesizer } from "../synthesizer.ts";

/**
 * `design`, in whose rows a column that follows from the level of another one is what that level says: a county beside its
 * city. The design learns every column as before; where it draws a pair that no row has, the city is kept.
 */
export function keepingRelations(design: Synthesizer): Synthesizer {
  return {
    ...design,
    async *fit(train, params, rng, options): AsyncGenerator<Progress, Model, void> {
      const run = design.fit(train, params, rng, options);
      const kept = options.from ? keptIn(options.from) : learnKept(train);
      if (kept === undefined) return yield* run;
      if (options.from === undefined)
        yield { step: 0, epoch: 0, fraction: 0, losses: {}, notice: keptNotice(kept, train) };
      const model = yield* reported(run, ({ preview, checkpoint, ...report }) => ({
        ...report,
        ...(preview && { preview: kept.restore(preview) }),
        ...(checkpoint && { checkpoint: async () => withKept(await checkpoint(), kept) }),
      }));
      return keeping(model, kept);
    },
    load: async (artifact) => {
      const kept = keptIn(artifact);
      const model = await design.load(artifact);
      return kept === undefined ? model : keeping(model, kept);
    },
  };
}

function learnKept(train: Table): Derivations | undefined {
  const kept = learnLookups(withholding(train).apply(train));
  return kept.steps.length > 0 ? kept : undefined;
}

const keptIn = ({ state }: Artifact): Derivations | undefined =>
  state["kept"] === undefined ? undefined : loadDerivations(state["kept"]);

const withKept = (artifact: Artifact, kept: Derivations): Artifact => ({
  ...artifact,
  state: { ...artifact.state, kept: kept.save() },
});

function keptNotice({ steps }: Derivations, { schema }: Table): string {
  const name = (column: number): string => `“${schema.columns[column]?.name}”`;
  const pairs = steps.flatMap((step) =>
    step.kind === "lookup" ? [`${name(step.column)} from ${name(step.parent)}`] : [],
  );
  const shown = pairs.length > 5 ? [...pairs.slice(0, 5), `${pairs.length - 5} more`] : pairs;
  return `Worked out where the other is known: ${shown.join(", ")}.`;
}

function keeping(model: Model, kept: Derivations): Model {
  return {
    synthesizer: model.synthesizer,
    async sample(rows, rng, request) {
      let inner: Acceptance = { drawn: 0, kept: 0 };
      const onAcceptance = ({ drawn, kept: taken }: Acceptance): void => {
        inner = { drawn: inner.drawn + drawn, kept: inner.kept + taken };
      };
      const draw = async (count: number, dice: Rng, where?: readonly Condition[]): Promise<Table> => {
        const tries = request?.tries;
        const asked = { onAcceptance, ...(where && { where }), ...(tries !== undefined && { tries }) };
        return kept.restore(await model.sample(count, dice, asked));
      };
      const like = request && (await model.sample(0, rng.fork("kept columns")));
      const told =
        request?.onAcceptance &&
        (({ kept: taken }: Acceptance): void => request.onAcceptance?.({ drawn: inner.drawn, kept: taken }));
      const { onAcceptance: _told, ...asked } = request ?? {};
      return answer(request && { ...asked, ...(told && { onAcceptance: told }) }, rows, rng, {
        draw,
        drawWhere: (count, dice, where) =>
          draw(
            count,
            dice,
            where.map((condition) => asCondition(condition, like as Table)),
          ),
        completeRows: (given, dice) => model.sample(given.rows, dice, { complete: given, onAcceptance }),
        related: kept,
      });
    },
    save: async () => withKept(await model.save(), kept),
    dispose: () => model.dispose(),
  };
}

/** A checked condition as one can be asked for; a range may be wider than the single values that were named. */
function asCondition({ column, missing, levels, low, high }: ColumnCondition, like: Table): Condition {
  const { name } = like.schema.columns[column] as ColumnSchema;
  const own = like.columns[column];
  if (levels !== undefined && own?.type === "coded") {
    const named = own.levels.filter((_, code) => levels[code] === 1);
    return named.length > 0 ? { column: name, in: named, missing } : { column: name, missing };
  }
  if (low > high) return { column: name, missing };
  return {
    column: name,
    missing,
    ...(low > -Infinity && { from: low }),
    ...(high < Infinity && { to: high }),
  };
}
