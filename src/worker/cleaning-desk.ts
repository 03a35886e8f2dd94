import {
  fitSteps,
  isPrivate,
  planOf,
  previewStep,
  profileAfter,
  profileTable,
  readSteps,
  suggestSteps,
  versions,
  writeSteps,
} from "../core/lab/lab.ts";
import { rawRows, rowsNow, type OpenTable, type ReadingListener } from "./open-table.ts";
import type { Event as LabEvent, Request } from "./protocol.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type CleaningRequest = Of<"suggest-steps" | "preview-step" | "save-steps" | "open-steps">;

/** The answer to what the page asks about cleaning the open table. Nothing of it changes the table. Rejects with FaultError. */
export async function answerCleaning(
  request: CleaningRequest,
  open: OpenTable,
  listener: ReadingListener,
): Promise<LabEvent> {
  const { job } = request;
  switch (request.type) {
    case "suggest-steps": {
      const given = await givenNow(open, listener);
      const profiles = await profileTable(open.table, listener.cancelled);
      return { type: "suggestions", job, suggestions: suggestSteps(given, open.table, profiles) };
    }
    case "preview-step":
      return previewed(request, open, listener);
    case "save-steps":
      return { type: "steps-file", job, text: writeSteps(open.changes, versions.semblance) };
    case "open-steps": {
      const wanted = readSteps(await request.source.text());
      const { rows, reading } = await rawRows(open, listener);
      return { type: "steps-opened", job, ...fitSteps(rows, reading, open.changes, wanted) };
    }
  }
}

/** The rows as they are now, with the kinds that a person set. */
async function givenNow(
  open: OpenTable,
  listener: ReadingListener,
): Promise<Parameters<typeof suggestSteps>[0]> {
  const { rows, reading } = await rowsNow(open, listener);
  const set = planOf(open.changes).others.flatMap((change) =>
    change.type === "kind" ? [[change.column, change.kind] as const] : [],
  );
  return { rows, reading, kinds: new Map(set) };
}

async function previewed(
  { job, step }: Of<"preview-step">,
  open: OpenTable,
  listener: ReadingListener,
): Promise<LabEvent> {
  const given = await givenNow(open, listener);
  const hidden = new Set(
    open.table.schema.columns.flatMap((column) => (isPrivate(column) ? [column.name] : [])),
  );
  const number = open.changes.length + 1;
  const { preview, rows } = previewStep(step, given, { number, isPrivate: (name) => hidden.has(name) });
  const after = await profileAfter(step, { ...given, rows });
  return { type: "step-preview", job, preview, ...(after && { after }) };
}
