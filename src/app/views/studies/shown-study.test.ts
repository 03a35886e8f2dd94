import { describe, expect, it } from "vitest";
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";
import { noStudies } from "../../state/studies/studies-state.ts";
import { requestOf } from "./request-of.ts";
import { shownStudy } from "./shown-study.ts";
import {
  currentOf,
  latestOf,
  nowWords,
  queueSeconds,
  refusedBriefly,
  standWords,
  stateWords,
  thenWords,
  whichWords,
} from "./study-words.ts";

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

describe("what joins the queue", () => {
  const fields: StudyOffer["fields"] = [
    {
      type: "choice",
      name: "groups",
      label: "",
      reason: "",
      default: "sex",
      choices: [{ value: "sex", label: "" }],
    },
    { type: "number", name: "seeds", label: "", reason: "", default: 5, min: 1, max: 20 },
    {
      type: "numbers",
      name: "rows",
      label: "",
      reason: "",
      default: [50],
      min: 50,
      max: 400,
      least: 1,
      most: 3,
    },
    {
      type: "several",
      name: "outcomes",
      label: "",
      reason: "",
      default: ["died"],
      choices: [{ value: "died", label: "" }],
      least: 1,
      most: 2,
    },
  ];
  const asked = (settings: StudyView["request"]["settings"]) =>
    requestOf(
      offer("groups", { fields }),
      view("a", "groups", { request: { study: "groups", settings, seed: 1 } }),
      undefined,
      7,
    );

  it("keeps of a study of another table only what the open one can be asked", () => {
    expect(
      asked({ groups: "Geschlecht", seeds: 2, rows: [100, 900], outcomes: ["died", "los"], gone: 1 }),
    ).toEqual({ study: "groups", settings: { seeds: 2 }, seed: 7 });
    const all = { groups: "sex", seeds: 2, rows: [100, 400], outcomes: ["died"] };
    expect(asked(all).settings).toEqual(all);
  });
});

describe("which study is meant", () => {
  it("says that one waits for its table rather than that it is next", () => {
    const waits = view("a", "rows", { state: "waiting", name: "Rows", apart: "other-table" });
    expect(standWords(waits, false)).toBe("Rows waits until a.csv is open");
    expect(standWords(waits, true)).toBe("Rows is paused");
    expect(standWords(view("a", "rows", { state: "waiting", name: "Rows" }), false)).toBe("Rows is next");
  });

  it("says what is under way, and that a run goes first", () => {
    const runs = view("a", "rows", { state: "running", done: 2, now: "100 rows, VAE, seed 1" });
    expect(nowWords(runs, true)).toBe("2 of 10 cells: 100 rows, VAE, seed 1");
    expect(nowWords(view("a", "rows", { state: "running", done: 2 }), true)).toBe(
      "2 of 10 cells: the run on the Train step goes first",
    );
    expect(nowWords(view("a", "rows", { state: "paused", done: 2 }), true)).toBe("2 of 10 cells");
  });

  it("tells two of one question apart by size and time", () => {
    const now = new Date();
    now.setHours(16, 1);
    expect(whichWords(view("a", "rows", { finishedAt: now.toISOString() }), 1)).toBe(
      "2: a.csv, 10 cells, done today at 16:01",
    );
    expect(whichWords(view("a", "rows", { state: "waiting", done: 0 }), 0)).toBe(
      "1: a.csv, 10 cells, waiting",
    );
  });
});

it("tells in the list only the beginning of a long refusal", () => {
  const of = (reason: string) => refusedBriefly(offer("rows", { refused: { ...refused, reason } }));
  expect(of("a.csv is of one site: no column has two levels of at least 100 patients each.")).toBe(
    "a.csv is of one site.",
  );
  expect(of("Too few.")).toBe("Too few.");
  expect(of(`A reason ${"that goes on ".repeat(9)}without a stop.`)).toBeUndefined();
  expect(refusedBriefly(offer("rows"))).toBeUndefined();
});
