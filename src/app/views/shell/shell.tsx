import "./shell.css";
import "../../parts/controls.css";
import { Suspense, useEffect } from "react";
import { steps } from "../../state/route.ts";
import { useLab } from "../../state/use-lab.ts";
import type { View } from "../../state/lab-state.ts";
import { Header } from "../header/header.tsx";
import { DataView } from "../data/data-view.tsx";
import {
  CompareView,
  ElsewhereView,
  LanguageView,
  StudiesView,
  LeaderboardView,
  LicencesView,
  NumbersView,
  OpeningView,
  TakeAwayView,
  TrainView,
  VerifyView,
} from "./views.ts";
import { FileDoors } from "../../parts/file-doors.tsx";
import { ViewBoundary } from "../../parts/view-boundary.tsx";
import { Footer } from "./footer.tsx";
import { LostRuns } from "./lost-runs.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useKeys } from "../../parts/use-keys.ts";
import { WorkerTrouble } from "./worker-trouble.tsx";

/** The page: header, the view of the step, footer, and the doors through which files come in. */
export function Shell() {
  const view = useLab((state) => state.view);
  useKeys();
  useEffect(() => {
    const beside: Partial<Record<View, string>> = {
      leaderboard: "Leaderboard",
      studies: "Studies",
      "language-models": "Language models",
      elsewhere: "Made elsewhere",
      numbers: "Numbers of the simulator",
      verify: "How to verify",
      licences: "Licences",
    };
    const name = beside[view] ?? steps.find((step) => step.view === view)?.name ?? "";
    scrollTo(0, 0);
    document.title = `${name} · Semblance`;
  }, [view]);
  return (
    <>
      <a className="skip" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <Header />
      <WorkerTrouble />
      <LostRuns />
      <Problem />
      <main id="main" tabIndex={-1} translate="no">
        <ViewBoundary key={view}>
          <Suspense fallback={<p className="wait">Opening…</p>}>
            <CurrentView view={view} />
          </Suspense>
        </ViewBoundary>
        <FileDoors />
      </main>
      <Footer />
    </>
  );
}

/** A hash link would change the view, so the skip link moves the focus itself. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** Files that are chosen from stand before the table, but not before one that is being read or cannot be. */
function DataOrOpening() {
  const choosing = useLab(({ choosing: from, reading, fileFault }) =>
    reading === undefined && fileFault === undefined ? from : undefined,
  );
  return choosing === undefined ? <DataView /> : <OpeningView choosing={choosing} />;
}

function CurrentView({ view }: { view: View }) {
  switch (view) {
    case "data":
      return <DataOrOpening />;
    case "train":
      return <TrainView />;
    case "compare":
      return <CompareView />;
    case "leaderboard":
      return <LeaderboardView />;
    case "take-away":
      return <TakeAwayView />;
    case "studies":
      return <StudiesView />;
    case "language-models":
      return <LanguageView />;
    case "elsewhere":
      return <ElsewhereView />;
    case "numbers":
      return <NumbersView />;
    case "verify":
      return <VerifyView />;
    case "licences":
      return <LicencesView />;
  }
}
