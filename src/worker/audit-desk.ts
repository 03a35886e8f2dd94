import { auditGuarantee, fittingFacts } from "../core/lab/lab.ts";
import type { Job } from "./job.ts";
import type { OpenTable } from "./open-table.ts";
import { paced } from "./paced.ts";
import type { Event as LabEvent, Request } from "./protocol.ts";

/** Puts the guarantee of a method to the test, and tells how far it is and what came of it. */
export async function answerAudit(
  { job: id, request }: Extract<Request, { type: "audit" }>,
  { table }: OpenTable,
  job: Job,
  post: (event: LabEvent) => void,
): Promise<void> {
  const tell = (fraction: number, secondsLeft: number | undefined): void =>
    post({ type: "auditing", job: id, fraction, ...(secondsLeft !== undefined && { secondsLeft }) });
  const asked = { ...request, public: fittingFacts(table.schema, request.public) };
  const result = await auditGuarantee(table, asked, {
    onProgress: paced(tell),
    cancelled: () => job.cancelled,
  });
  post({ type: "audited", job: id, result });
}
