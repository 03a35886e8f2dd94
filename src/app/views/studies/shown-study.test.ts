import { describe, expect, it } from "vitest";
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";
import { noStudies } from "../../state/studies/studies-state.ts";
import { requestOf } from "./request-of.ts";
import { shownStudy } from "./shown-study.ts";
import { currentOf, latestOf, queueSeconds, stateWords, thenWords } from "./study-words.ts";

const offer = (id: StudyOffer["id"], more: Partial<StudyOffer> = {}): StudyOffer => ({
  id,
  name: id,
  question: "?",
  fields: [],
  ...more,
});

const view = (study: string, of: StudyOffer["id"], more: Partial<StudyView> = {}): StudyView => ({
  study,
  request: { study: of, settings: {}, seed: 1 },
  name: of,
  question: "?",
  table: "a.csv",
  state: "done",
  cells: 10,
  done: 10,
  failed: 0,
  fraction: 1,
  seconds: 5,
  ...more,
});

const refused = { code: "study-refused", reason: "One site.", remedy: "Mark another." } as const;

describe("shownStudy", () => {
  it("is the first question that can be asked, never the room of language models", () => {
    const offers = [offer("language"), offer("columns", { refused }), offer("rows")];
    expect(shownStudy({ ...noStudies, offers })).toEqual({ offer: offers[2] });
  });

  it("is what was found last, rather than what runs", () => {
    const old = view("a", "rows", { finishedAt: "2026-01-01T00:00:00Z" });
    const last = view("b", "columns", { finishedAt: "2026-01-02T00:00:00Z" });
    const studies = [view("c", "groups", { state: "running" }), old, last];
    expect(shownStudy({ ...noStudies, studies }).view).toBe(last);
  });

  it("of a question that was chosen is the one that runs, of a study that was chosen just that one", () => {
    const offers = [offer("rows")];
    const studies = [view("a", "rows"), view("b", "rows", { state: "running" })];
    expect(shownStudy({ ...noStudies, offers, studies, shown: "rows" }).view?.study).toBe("b");
    expect(shownStudy({ ...noStudies, offers, studies, shown: "a" }).view?.study).toBe("a");
  });

  it("is shown without an offer while its table is not open", () => {
    const studies = [view("a", "rows")];
    expect(shownStudy({ ...noStudies, studies })).toEqual({ view: studies[0] });
  });
});

describe("the queue in words", () => {
  it("names what is under way and what comes after it", () => {
    const studies = [view("a", "rows", { state: "waiting" }), view("b", "columns", { state: "running" })];
    expect(currentOf(studies)?.study).toBe("b");
    expect(thenWords(["Hospitals", "Mixing"].map((name) => view(name, "rows", { name })))).toBe(
      "Then Hospitals and Mixing.",
    );
  });

  it("gives no time where a part of it is not known", () => {
    const known = view("a", "rows", { state: "running", secondsLeft: 30 });
    expect(queueSeconds([known, view("b", "rows", { state: "waiting", secondsLeft: 60 })])).toBe(90);
    expect(queueSeconds([known, view("b", "rows", { state: "waiting" })])).toBeUndefined();
  });

  it("never says 100% of what still runs", () => {
    expect(stateWords(view("a", "rows", { state: "running", fraction: 0.999 }))).toBe("running 99%");
  });

  it("tells the day it was done on", () => {
    const done = view("a", "rows", { finishedAt: "2026-11-28T12:00:00Z" });
    expect(stateWords(done, new Date("2026-11-28T18:00:00Z"))).toBe("done today");
    expect(stateWords(done, new Date("2026-11-30T12:00:00Z"))).toBe("done on 28 Nov");
  });

  it("means the newest of those that are done", () => {
    const studies = [
      view("a", "rows", { finishedAt: "2026-01-02T00:00:00Z" }),
      view("b", "rows", { finishedAt: "2026-01-01T00:00:00Z" }),
    ];
    expect(latestOf(studies, "rows")?.study).toBe("a");
  });
});

describe("requestOf", () => {
  const fields = [
    { type: "number", name: "seeds", label: "Seeds", reason: "", default: 5, min: 1, max: 20 },
  ] as const;

  it("asks again as the study that is shown was asked, but for what the person changed", () => {
    const before = view("a", "rows", { request: { study: "rows", settings: { seeds: 3 }, seed: 1 } });
    expect(requestOf(offer("rows", { fields }), before, undefined, 7).settings).toEqual({ seeds: 3 });
    expect(requestOf(offer("rows", { fields }), before, { seeds: 2 }, 7).settings).toEqual({ seeds: 2 });
  });

  it("leaves out settings that this table's study does not have", () => {
    expect(requestOf(offer("rows", { fields }), undefined, { seeds: 2, gone: "x" }, 7)).toEqual({
      study: "rows",
      settings: { seeds: 2 },
      seed: 7,
    });
  });
});
