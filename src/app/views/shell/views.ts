/** The views in their own files, fetched one after the other before the page says it is ready. */
import { lazy } from "react";
import { loadLicences } from "../../state/licences.ts";

const loadTrain = () => import("../train/train-view.tsx");
const loadCompare = () => import("../compare/compare-view.tsx");
const loadLeaderboard = () => import("../leaderboard/leaderboard-view.tsx");
const loadTakeAway = () => import("../take-away/take-away-view.tsx");
const loadStudies = () => import("../studies/studies-view.tsx");
const loadLanguageModels = () => import("../studies/language/language-view.tsx");
const loadElsewhere = () => import("../elsewhere/elsewhere-view.tsx");
const loadOpening = () => import("../opening/opening-view.tsx");
const loadNumbers = () => import("../numbers/numbers-view.tsx");
const loadVerify = () => import("../trust/verify-view.tsx");
const loadLicencesView = () => import("../trust/licences-view.tsx");

export const TrainView = lazy(async () => ({ default: (await loadTrain()).TrainView }));
export const CompareView = lazy(async () => ({ default: (await loadCompare()).CompareView }));
export const LeaderboardView = lazy(async () => ({ default: (await loadLeaderboard()).LeaderboardView }));
export const TakeAwayView = lazy(async () => ({ default: (await loadTakeAway()).TakeAwayView }));
export const StudiesView = lazy(async () => ({ default: (await loadStudies()).StudiesView }));
export const LanguageView = lazy(async () => ({ default: (await loadLanguageModels()).LanguageView }));
export const ElsewhereView = lazy(async () => ({ default: (await loadElsewhere()).ElsewhereView }));
export const OpeningView = lazy(async () => ({ default: (await loadOpening()).OpeningView }));
export const NumbersView = lazy(async () => ({ default: (await loadNumbers()).NumbersView }));
export const VerifyView = lazy(async () => ({ default: (await loadVerify()).VerifyView }));
export const LicencesView = lazy(async () => ({ default: (await loadLicencesView()).LicencesView }));

export async function prefetchViews(): Promise<void> {
  await Promise.all([
    loadTrain(),
    loadCompare(),
    loadLeaderboard(),
    loadTakeAway(),
    loadStudies(),
    loadLanguageModels(),
    loadElsewhere(),
    loadOpening(),
    loadNumbers(),
    loadVerify(),
    loadLicencesView(),
    loadLicences(),
  ]);
}
