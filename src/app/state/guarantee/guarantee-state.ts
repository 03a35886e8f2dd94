/** What the page knows of the guarantee that the next run can give, and of what the open table has given away. */
import type { Fault } from "../../../core/fault.ts";
import type { GuaranteeOffer } from "../../../core/lab/guarantee/guarantee-offer.ts";
import type { PublicFacts } from "../../../core/private/public/public-facts.ts";
import type { LedgerNext, LedgerView, RowsCounted } from "../../../worker/protocol.ts";

export interface GuaranteeState {
  /** the question under way */
  readonly job: number | undefined;
  /** the last answer; it may be to an older question while `job` is under way */
  readonly offer: GuaranteeOffer | undefined;
  /** how many would be learned from */
  readonly counted: RowsCounted | undefined;
  /** why nothing can be offered */
  readonly fault: Fault | undefined;
  /** what the person says is public, to be undone and done again */
  readonly declared: PublicFacts;
  readonly history: { readonly past: readonly PublicFacts[]; readonly future: readonly PublicFacts[] };
  /** the list that the person has confirmed as public, as `publicList` has it */
  readonly confirmed: string | undefined;
  readonly ledger: LedgerView;
  /** what the next run would come to with the ledger */
  readonly next: LedgerNext | undefined;
  /** the ledger's file being opened, or why it cannot be used */
  readonly file: { readonly job: number; readonly fault?: Fault } | undefined;
}

/** What the page itself adds to the log. */
export type GuaranteeEvent =
  | { type: "page-guarantee-asked"; job: number }
  | { type: "page-guarantee-declared"; declared: PublicFacts; history: GuaranteeState["history"] }
  | { type: "page-guarantee-confirmed"; list: string | undefined }
  | { type: "page-ledger-file"; job: number | undefined };

export const emptyLedger: LedgerView = { entries: [], epsilon: 0, delta: 0 };

export const noGuarantee: GuaranteeState = {
  job: undefined,
  offer: undefined,
  counted: undefined,
  fault: undefined,
  declared: { columns: [] },
  history: { past: [], future: [] },
  confirmed: undefined,
  ledger: emptyLedger,
  next: undefined,
  file: undefined,
};
