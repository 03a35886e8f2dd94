/** How messages change what the page knows of the table's clinical rules. Pure, as `fold` is. */
import { describeFault, type Fault } from "../../../core/fault.ts";
import type { Event } from "../../../worker/protocol.ts";
import type { ClinicalState, PageEvent } from "../lab-state.ts";

type ClinicalEvent =
  | Extract<Event, { type: "clinical" | "clinical-checked" | "fault" | "worker-ended" }>
  | Extract<PageEvent, { type: `page-clinical${string}` }>;

/** The clinical rules after one more message that is about them. */
export function foldClinical(clinical: ClinicalState, message: ClinicalEvent): ClinicalState {
  switch (message.type) {
    case "clinical":
      return message.job === clinical.job
        ? { ...clinical, job: undefined, list: message.list, fault: undefined }
        : clinical;
    case "clinical-checked":
      return message.job === clinical.checked?.job
        ? { ...clinical, checked: { job: message.job, check: message.check } }
        : clinical;
    case "fault":
      return withFault(clinical, message.job, message.fault);
    case "worker-ended":
      return { ...clinical, job: undefined, checked: undefined, file: undefined };
    case "page-clinical-asked":
      return { ...clinical, job: message.job, fault: undefined };
    case "page-clinical-chosen":
      return { ...clinical, book: message.book, history: message.history, file: undefined };
    case "page-clinical-checking":
      return { ...clinical, checked: message.job === undefined ? undefined : { job: message.job } };
    case "page-clinical-file":
      return { ...clinical, file: message.job === undefined ? undefined : { job: message.job } };
  }
}

function withFault(clinical: ClinicalState, job: number | undefined, fault: Fault): ClinicalState {
  if (job === undefined) return clinical;
  if (job === clinical.job) return { ...clinical, job: undefined, list: undefined, fault };
  if (job === clinical.file?.job) return { ...clinical, file: { job, fault } };
  if (job !== clinical.checked?.job || fault.code === "cancelled") return clinical;
  const { title, detail } = describeFault(fault);
  const said = [{ mark: "bad", text: `${title} ${detail}`.trim() }] as const;
  return { ...clinical, checked: { job, check: { asked: "", written: [], said } } };
}

/** Whether `asked` is a question about clinical rules, whose fault is told beside them. */
export const asksClinical = ({ job, checked, file }: ClinicalState, asked: number | undefined): boolean =>
  asked !== undefined && [job, checked?.job, file?.job].includes(asked);
