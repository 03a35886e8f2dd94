/** A test of the guarantee: under way, done or failed. Pure, as `fold` is. */
import type { Fault } from "../../../core/fault.ts";
import type { AuditRequest, AuditResult, Event as LabEvent } from "../../../worker/protocol.ts";

export interface AuditState {
  /** what is tested, or was */
  readonly request: AuditRequest;
  /** while it is under way */
  readonly job?: number;
  readonly fraction: number;
  readonly secondsLeft?: number;
  readonly result?: AuditResult;
  readonly fault?: Fault;
}

/** What the page itself adds to the log. */
export type AuditEvent =
  { type: "page-auditing"; job: number; request: AuditRequest } | { type: "page-audit-closed" };

type Told =
  AuditEvent | Extract<LabEvent, { type: "auditing" | "audited" | "done" | "fault" | "worker-ended" }>;

export const isAudit = (audit: AuditState | undefined, job: number | undefined): boolean =>
  job !== undefined && audit?.job === job;

/** `undefined`: nothing is tested, and nothing is shown. */
export function foldAudit(audit: AuditState | undefined, told: Told): AuditState | undefined {
  if (told.type === "page-auditing") return { request: told.request, job: told.job, fraction: 0 };
  if (told.type === "page-audit-closed" || audit === undefined) return undefined;
  const { job: _over, secondsLeft: _left, ...ended } = audit;
  switch (told.type) {
    case "worker-ended":
      return isAudit(audit, audit.job) ? { ...ended, fault: { code: "worker-ended" } } : audit;
    case "auditing": {
      if (!isAudit(audit, told.job)) return audit;
      const { fraction, secondsLeft } = told;
      return { ...audit, fraction, ...(secondsLeft !== undefined && { secondsLeft }) };
    }
    case "audited":
      return isAudit(audit, told.job) ? { ...ended, result: told.result } : audit;
    case "done":
      return isAudit(audit, told.job) ? ended : audit;
    case "fault":
      if (!isAudit(audit, told.job)) return audit;
      return told.fault.code === "cancelled" ? undefined : { ...ended, fault: told.fault };
  }
}
