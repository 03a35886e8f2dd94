/** Keeps what can be studied in step with the table, the one beside it and what language models replied. */
import { askWhenStill } from "../ask-when-still.ts";
import type { LabState } from "../lab-state.ts";
import { askOffers } from "./studies.ts";

const sameQuestion = (a: LabState, b: LabState): boolean =>
  a.table === b.table && a.studies.second === b.studies.second && a.studies.replies === b.studies.replies;

/** It is asked for where somebody looks at it. */
const wanted = ({ table, view }: LabState): boolean =>
  table !== null && (view === "studies" || view === "language-models");

/** Asks again whenever the answer may have changed; returns how to stop. */
export const followStudies = (): (() => void) => askWhenStill({ same: sameQuestion, wanted, ask: askOffers });
