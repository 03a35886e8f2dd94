/**
 * What the page knows, folded from a log of messages: the worker's events and the page's own. `fold` is pure, so a
 * test replays a log; the store below is the only place that holds the result. No table and no model is in here.
 */
import { createStore } from "zustand/vanilla";
import type { ElsewhereSlot, TableView } from "../../worker/protocol.ts";
import type { Fault } from "../../core/fault.ts";
import {
  type History,
  type RunLive,
  type ElsewhereReading,
  type ElsewhereState,
  type LabState,
  type PageEvent,
  type Message,
  noEstimates,
  noClinical,
  noRules,
  initialState,
} from "./lab-state.ts";
import { noCleaning } from "./cleaning/cleaning-state.ts";
import { asksChoosing, foldChoosing } from "./choosing/fold-choosing.ts";
import { asksStart, foldStart, publishedAlone } from "./start/fold-start.ts";
import { asksPlane, foldPlane } from "./plane/plane-state.ts";
import { askedOfStudies, foldStudies } from "./studies/studies-state.ts";
import { asksCleaning, foldCleaning, withCleanedTable } from "./cleaning/fold-cleaning.ts";
import {
  leftSomething,
  shortOf,
  underWay,
  withChunk,
  withAttack,
  withoutAttack,
  withoutRun,
  withProgress,
  withReport,
  withRun,
} from "./fold-runs.ts";
import { asksContinuing, foldContinuing } from "./continuing/fold-continuing.ts";
import { foldAudit, isAudit } from "./guarantee/fold-audit.ts";
import { asksGuarantee, foldGuarantee, withGuaranteeTable } from "./guarantee/fold-guarantee.ts";
import { asksClinical, foldClinical } from "./rules/fold-clinical.ts";
import { asksRules, foldRules } from "./rules/fold-rules.ts";

const noHistory: History = { past: [], future: [] };

/** What was shown before the page was opened again, as far as it is there; else the last run. */
function shownAgain({ runs, selected, compared }: LabState): Pick<LabState, "selected" | "compared"> {
  const there = (run: string): boolean => runs.some((r) => r.run === run);
  return {
    selected: selected !== undefined && there(selected) ? selected : runs.findLast(leftSomething)?.run,
    compared: compared.filter(there),
  };
}

/** The worker is gone, and what was under way in it. */
function withoutWorker(state: LabState): LabState {
  const fault = { code: "worker-ended" } as const;
  return {
    ...state,
    connected: false,
    trouble: "ended",
    runs: state.runs.map((run) =>
      underWay(run) || run.state === "queued" ? { ...run, state: "failed", fault } : run,
    ),
    live: withoutAttack(state.live),
    queue: [],
    reading: undefined,
    revising: undefined,
    stopping: undefined,
    making: [],
    continuing: undefined,
    rules: foldRules(state.rules, { type: "worker-ended" }),
    clinical: foldClinical(state.clinical, { type: "worker-ended" }),
    guarantee: foldGuarantee(state.guarantee, { type: "worker-ended" }),
    plane: foldPlane(state.plane, { type: "worker-ended" }),
    studies: foldStudies(state.studies, { type: "worker-ended" }),
    start: foldStart(state.start, { type: "worker-ended" }),
    audit: foldAudit(state.audit, { type: "worker-ended" }),
    cleaning: foldCleaning(state.cleaning, { type: "worker-ended" }),
    choosing: undefined,
  };
}

/** The page for another worker, which knows of no table and no run; what is kept comes after. */
function afresh(state: LabState): LabState {
  const { ready, newVersion, view, settings, kept, keepRuns, lost, requests, selected, compared } = state;
  const { synthesizers, cohorts, devices, start } = state;
  const stays = { ready, newVersion, view, settings, kept, keepRuns, lost, requests, selected, compared };
  return { ...initialState, ...stays, synthesizers, cohorts, devices, start };
}

function withTable(state: LabState, job: number, table: TableView | null): LabState {
  const revised = state.revising?.job === job;
  const opened = state.reading?.job === job;
  const another = opened || state.table === null || table === null;
  return {
    ...state,
    table,
    rows: undefined,
    reading: opened ? undefined : state.reading,
    fileFault: opened ? undefined : state.fileFault,
    revising: revised ? undefined : state.revising,
    schemaFault: undefined,
    estimates: noEstimates,
    choosing: opened ? undefined : state.choosing,
    cleaning: withCleanedTable(state.cleaning, table, opened),
    guarantee: withGuaranteeTable(state.guarantee, table, another),
    audit: another ? undefined : state.audit,
    studies: another ? foldStudies(state.studies, { type: "page-studies-table" }) : state.studies,
    clinical: another ? withBookOf(table) : { ...state.clinical, list: undefined },
    ...(another ? { rules: { ...noRules, choices: table?.rules ?? [] }, dataTab: "columns" } : {}),
    history: revised ? state.history : { past: table?.changes ?? [], future: [] },
  };
}

/** The clinical rules of another table, as its book was kept. */
const withBookOf = (table: TableView | null): LabState["clinical"] => ({
  ...noClinical,
  ...(table?.book && { book: table.book }),
});

function withElsewhere(state: LabState, change: Partial<ElsewhereState>): LabState {
  return { ...state, elsewhere: { ...state.elsewhere, ...change } };
}

function withElsewhereReading(
  state: LabState,
  slot: ElsewhereSlot,
  reading: ElsewhereReading | undefined,
): LabState {
  const { [slot]: _before, ...readings } = state.elsewhere.readings;
  return withElsewhere(state, { readings: { ...readings, ...(reading && { [slot]: reading }) } });
}

/** The place whose file `job` reads, if it is one. */
function elsewhereSlot(state: LabState, job: number): [ElsewhereSlot, ElsewhereReading] | undefined {
  for (const slot of ["real", "holdout", "synthetic"] as const) {
    const reading = state.elsewhere.readings[slot];
    if (reading?.job === job) return [slot, reading];
  }
  return undefined;
}

function withFault(state: LabState, fault: Fault, job?: number, run?: string): LabState {
  if (job !== undefined && state.reading?.job === job) {
    const { name, kind, inPlace } = state.reading;
    const base = { ...state, reading: undefined };
    const fileFault = { fault, name, kind, ...(inPlace && { inPlace }) };
    return fault.code === "cancelled" ? base : { ...base, fileFault };
  }
  if (job !== undefined && state.revising?.job === job) {
    const { before, change } = state.revising;
    const schemaFault = fault.code === "cancelled" ? undefined : { fault, ...(change && { change }) };
    return { ...state, revising: undefined, history: before, schemaFault };
  }
  if (job !== undefined && state.sample?.job === job)
    return { ...state, sample: { ...state.sample, names: [], cells: [], fault } };
  if (asksRules(state.rules, job))
    return {
      ...state,
      rules: foldRules(state.rules, { type: "fault", fault, ...(job !== undefined && { job }) }),
    };
  if (asksClinical(state.clinical, job))
    return {
      ...state,
      clinical: foldClinical(state.clinical, { type: "fault", fault, ...(job !== undefined && { job }) }),
    };
  if (asksGuarantee(state.guarantee, job))
    return {
      ...state,
      guarantee: foldGuarantee(state.guarantee, { type: "fault", fault, ...(job !== undefined && { job }) }),
    };
  if (askedOfStudies(state.studies, job) !== undefined)
    return {
      ...state,
      studies: foldStudies(state.studies, { type: "fault", fault, ...(job !== undefined && { job }) }),
    };
  if (asksStart(state.start, job))
    return {
      ...state,
      start: foldStart(state.start, { type: "fault", fault, ...(job !== undefined && { job }) }),
    };
  if (asksPlane(state.plane, job))
    return {
      ...state,
      plane: foldPlane(state.plane, { type: "fault", fault, ...(job !== undefined && { job }) }),
    };
  if (job !== undefined && isAudit(state.audit, job))
    return { ...state, audit: foldAudit(state.audit, { type: "fault", job, fault }) };
  if (job !== undefined && asksChoosing(state.choosing, job))
    return { ...state, choosing: foldChoosing(state.choosing, { type: "fault", job, fault }) };
  if (job !== undefined && asksContinuing(state.continuing, job))
    return { ...state, continuing: foldContinuing(state.continuing, { type: "fault", job, fault }) };
  if (job !== undefined && asksCleaning(state.cleaning, job))
    return { ...state, cleaning: foldCleaning(state.cleaning, { type: "fault", job, fault }) };
  // Told beside the file by `page-elsewhere-read`.
  if (job !== undefined && elsewhereSlot(state, job) !== undefined) return state;
  const making = state.making.filter((m) => m.job !== job);
  const live = job === undefined ? state.live : withoutAttack(state.live, job);
  if (fault.code === "cancelled") return { ...state, making, live };
  const ofRun = run !== undefined && state.runs.some((r) => r.run === run && r.state === "failed");
  return { ...state, making, live, problem: ofRun ? state.problem : fault };
}

function foldPage(state: LabState, event: PageEvent): LabState {
  switch (event.type) {
    case "page-ready":
      return { ...state, ready: true };
    case "page-new-version":
      return { ...state, newVersion: true };
    case "page-restored":
      return {
        ...state,
        restored: true,
        ...shownAgain(state),
      };
    case "page-keep-runs":
      return { ...state, keepRuns: event.on };
    case "page-lost":
      return { ...state, lost: event.runs };
    case "page-counting":
      return { ...state, requests: { ...state.requests, page: 0, worker: 0, urls: [] } };
    case "page-restarting":
      return afresh(state);
    case "page-view":
      return { ...state, view: event.view };
    case "page-opening": {
      const { job, name, kind, total, inPlace } = event;
      const reading = { job, name, kind, total, bytes: 0, rows: 0, ...(inPlace && { inPlace }) };
      return { ...state, reading, fileFault: undefined };
    }
    case "page-revising": {
      const { job, history, change } = event;
      const before = state.revising?.before ?? state.history;
      const revising = { job, before, ...(change && { change }) };
      return { ...state, revising, history, schemaFault: undefined };
    }
    case "page-choosing":
      return {
        ...state,
        choosing: foldChoosing(state.choosing, event),
        fileFault: undefined,
      };
    case "page-choosing-purpose":
    case "page-choosing-tick":
    case "page-choosing-first":
    case "page-choosing-shown":
    case "page-choosing-header":
    case "page-choosing-view":
    case "page-choosing-rows-asked":
    case "page-choosing-join":
    case "page-choosing-join-asked":
    case "page-choosing-closed":
      return { ...state, choosing: foldChoosing(state.choosing, event) };
    case "page-cleaning-asked":
    case "page-cleaning-preview":
    case "page-cleaning-preview-closed":
    case "page-cleaning-making":
    case "page-cleaning-left":
    case "page-cleaning-ticked":
    case "page-cleaning-counting":
    case "page-cleaning-counted":
    case "page-cleaning-file":
      return { ...state, cleaning: foldCleaning(state.cleaning, event) };
    case "page-data-tab":
      return { ...state, dataTab: event.tab };
    case "page-clinical-asked":
    case "page-clinical-chosen":
    case "page-clinical-checking":
    case "page-clinical-file":
      return { ...state, clinical: foldClinical(state.clinical, event) };
    case "page-rules-asked":
    case "page-rules-chosen":
    case "page-rule-asked":
    case "page-rules-file":
      return { ...state, rules: foldRules(state.rules, event) };
    case "page-guarantee-asked":
    case "page-guarantee-declared":
    case "page-guarantee-confirmed":
    case "page-ledger-file":
      return { ...state, guarantee: foldGuarantee(state.guarantee, event) };
    case "page-auditing":
    case "page-audit-closed":
      return { ...state, audit: foldAudit(state.audit, event) };
    case "page-settings":
      return { ...state, settings: { ...state.settings, ...event.settings } };
    case "page-stopping":
      return { ...state, stopping: event.stopping };
    case "page-select":
      return {
        ...state,
        selected: event.run,
        compared: state.compared.filter((run) => run !== event.run),
      };
    case "page-compare":
      return { ...state, compared: event.runs.filter((run) => run !== state.selected) };
    case "page-given-reading":
    case "page-given-closed":
    case "page-given-back":
    case "page-looking":
    case "page-futures":
      return { ...state, continuing: foldContinuing(state.continuing, event) };
    case "page-studies-asked":
    case "page-study-shown":
    case "page-study-draft":
    case "page-second-closed":
    case "page-studies-table":
      return { ...state, studies: foldStudies(state.studies, event) };
    case "page-start-drawing":
    case "page-start-open":
    case "page-start-wish":
    case "page-start-listing":
    case "page-start-published":
      return { ...state, start: foldStart(state.start, event) };
    case "page-plane-asked":
    case "page-coarsening":
    case "page-coarsening-closed":
      return { ...state, plane: foldPlane(state.plane, event) };
    case "page-making":
      return { ...state, making: [...state.making, event.making], short: undefined };
    case "page-made":
      return { ...state, making: state.making.filter((m) => m.job !== event.job) };
    case "page-attacking":
      return withAttack(state, event.run, { job: event.job, fraction: 0 });
    case "page-sampling":
      return { ...state, sample: { run: event.run, job: event.job, names: [], cells: [] } };
    case "page-elsewhere-reading": {
      const { slot, job, name } = event;
      return withElsewhereReading(state, slot, { job, name, fraction: 0 });
    }
    case "page-elsewhere-read": {
      const { slot, job, fault } = event;
      const reading = state.elsewhere.readings[slot];
      if (reading?.job !== job) return state;
      const wrong = fault === undefined || fault.code === "cancelled" ? undefined : { ...reading, fault };
      return withElsewhereReading(state, slot, wrong);
    }
    case "page-elsewhere-seen":
      return withElsewhere(state, { seen: event.seen });
    case "page-elsewhere-started":
      return withElsewhere(state, { run: event.run, readings: {} });
    case "page-requests": {
      const urls = [...state.requests.urls, ...event.urls].slice(-20);
      return {
        ...state,
        requests: { ...state.requests, page: state.requests.page + event.urls.length, urls },
      };
    }
    case "page-blocked":
      return { ...state, requests: { ...state.requests, blocked: state.requests.blocked + event.count } };
    case "page-dismiss":
      if (event.what === "file-fault") return { ...state, fileFault: undefined };
      if (event.what === "schema-fault") return { ...state, schemaFault: undefined };
      return { ...state, problem: undefined };
    case "page-problem":
      return { ...state, problem: event.fault };
    case "page-closed-table":
      return {
        ...state,
        table: null,
        rows: undefined,
        history: noHistory,
        schemaFault: undefined,
        estimates: noEstimates,
        rules: noRules,
        clinical: noClinical,
        guarantee: withGuaranteeTable(state.guarantee, null, true),
        audit: undefined,
        studies: foldStudies(state.studies, { type: "page-studies-table" }),
        cleaning: noCleaning,
        dataTab: "columns",
      };
    case "page-forgotten": {
      const { connected, ready, newVersion, synthesizers, cohorts, devices, requests, kept, start } = state;
      return {
        ...initialState,
        connected,
        ready,
        newVersion,
        restored: true,
        kept,
        synthesizers,
        cohorts,
        devices,
        requests,
        start: publishedAlone(start),
      };
    }
  }
}

function isPageEvent(message: Message): message is PageEvent {
  return message.type.startsWith("page-");
}

/** The page after one more message. Pure. */
export function fold(state: LabState, message: Message): LabState {
  if (isPageEvent(message)) return foldPage(state, message);
  switch (message.type) {
    case "ready": {
      const { synthesizers, cohorts, devices } = message;
      return { ...state, connected: true, synthesizers, cohorts, devices };
    }
    case "reading": {
      const slot = elsewhereSlot(state, message.job);
      if (slot !== undefined) {
        const fraction = message.bytes / Math.max(1, message.total);
        return withElsewhereReading(state, slot[0], { ...slot[1], fraction });
      }
      if (state.reading?.job !== message.job) return state;
      const { bytes, total, rows, looked } = message;
      const so = { bytes, total, rows, ...(looked !== undefined && { looked }) };
      return { ...state, reading: { ...state.reading, ...so } };
    }
    case "table":
      return withTable(state, message.job, message.table);
    case "rows":
      return { ...state, rows: { from: message.from, cells: message.cells } };
    case "run":
      return withRun(state, message.run);
    case "run-deleted":
      return withoutRun(state, message.run);
    case "queue":
      return { ...state, queue: message.runs };
    case "estimates": {
      const { of, first, measuring, few } = message;
      return { ...state, estimates: { of, first, measuring, ...(few !== undefined && { few }) } };
    }
    case "run-progress":
      return withProgress(state, message.run, message.progress);
    case "elsewhere":
      return withElsewhere(state, { look: message.look });
    case "evaluating": {
      const { run, metric, fraction, secondsLeft } = message;
      const before: RunLive = state.live[run] ?? { losses: [] };
      const evaluating = { metric, fraction, ...(secondsLeft !== undefined && { secondsLeft }) };
      return { ...state, live: { ...state.live, [run]: { ...before, evaluating } } };
    }
    case "attacking": {
      const { job, run, fraction, secondsLeft } = message;
      return withAttack(state, run, { job, fraction, ...(secondsLeft !== undefined && { secondsLeft }) });
    }
    case "report":
      return withReport(state, message.run, message.report);
    case "exposed-rows":
      return { ...state, exposed: { ...state.exposed, [message.run]: message.rows } };
    case "condition-fields":
      return { ...state, fields: { ...state.fields, [message.run]: message.fields } };
    case "sample": {
      const { job, names, cells, acceptance } = message;
      if (state.sample?.job !== job) return state;
      const { run } = state.sample;
      return { ...state, sample: { run, job, names, cells, ...(acceptance && { acceptance }) } };
    }
    case "given-patients":
    case "future-bands":
    case "futures-told":
      return { ...state, continuing: foldContinuing(state.continuing, message) };
    case "chunk":
      return {
        ...state,
        making: state.making.map((m) => (m.job === message.job ? withChunk(m, message) : m)),
      };
    case "clinical":
    case "clinical-checked":
      return { ...state, clinical: foldClinical(state.clinical, message) };
    case "rules":
    case "rule-checked":
      return { ...state, rules: foldRules(state.rules, message) };
    case "files-seen":
    case "sheet-rows":
    case "join-seen":
      return { ...state, choosing: foldChoosing(state.choosing, message) };
    case "suggestions":
    case "step-preview":
    case "steps-file":
      return { ...state, cleaning: foldCleaning(state.cleaning, message) };
    case "steps-opened": {
      const made = state.history.past.length;
      return { ...state, cleaning: foldCleaning(state.cleaning, { ...message, made }) };
    }
    case "guarantee-offer":
    case "ledger":
      return { ...state, guarantee: foldGuarantee(state.guarantee, message) };
    case "studies-offered":
    case "study-estimated":
    case "studies":
    case "study":
    case "second-opened":
    case "prompt-pack":
    case "replies":
      return { ...state, studies: foldStudies(state.studies, message) };
    case "cohort-picture":
    case "climb":
    case "simulator-numbers":
    case "numbers-opened":
    case "simulating-pace":
      return { ...state, start: foldStart(state.start, message) };
    case "plane-working":
    case "plane":
    case "sweep":
    case "coarsened":
      return { ...state, plane: foldPlane(state.plane, message) };
    case "auditing":
    case "audited":
      return { ...state, audit: foldAudit(state.audit, message) };
    case "book-opened":
    case "book-file":
    case "rules-opened":
    case "rules-file":
    case "ledger-file":
    case "numbers-file":
    case "model-file":
      return state;
    case "done":
      return {
        ...state,
        guarantee: foldGuarantee(state.guarantee, message),
        audit: foldAudit(state.audit, message),
        studies: foldStudies(state.studies, message),
        start: foldStart(state.start, message),
        live: withoutAttack(state.live, message.job),
        making: state.making.filter((m) => m.job !== message.job),
        short: shortOf(state, message.job) ?? state.short,
        reading: state.reading?.job === message.job ? undefined : state.reading,
      };
    case "blocked":
      return {
        ...state,
        requests: { ...state.requests, blocked: state.requests.blocked + message.count },
      };
    case "requests": {
      const urls = [...state.requests.urls, ...message.urls].slice(-20);
      return { ...state, requests: { ...state.requests, worker: message.count, urls } };
    }
    case "kept":
      return { ...state, kept: message.kept };
    case "forgotten-elsewhere":
      return { ...state, problem: { code: "kept-forgotten", keeping: "what is open here" } };
    case "worker-ended":
      return withoutWorker(state);
    case "worker-silent":
      return { ...state, trouble: message.silent ? "silent" : undefined };
    case "pong":
    case "alive":
      return state;
    case "fault":
      return withFault(state, message.fault, message.job, message.run);
  }
}

/** The page's one store. Change it only with `tell`. */
export const lab = createStore<LabState>(() => initialState);

export function tell(message: Message): void {
  lab.setState((state) => fold(state, message), true);
}
