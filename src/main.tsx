import "./app/theme/tokens.css";
import "./app/theme/parts.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepOffline } from "./offline/keep-offline.ts";
import { connectLab } from "./worker/client.ts";
import { followKeepRuns, restore } from "./app/state/leaving/coming-back.ts";
import { attach } from "./app/state/worker-link.ts";
import { followEstimates } from "./app/state/follow-estimates.ts";
import { followChoosing } from "./app/state/choosing/choosing.ts";
import { followCleaning } from "./app/state/cleaning/cleaning.ts";
import { followClinical } from "./app/state/rules/clinical.ts";
import { followRules } from "./app/state/rules/follow-rules.ts";
import { followStudies } from "./app/state/studies/follow-studies.ts";
import { followGuarantee } from "./app/state/guarantee/follow-guarantee.ts";
import { tell } from "./app/state/lab.ts";
import { askBeforeLeaving } from "./app/state/leaving/leaving.ts";
import { followLostRuns } from "./app/state/leaving/lost-runs.ts";
import { whenReady } from "./app/state/network/ready.ts";
import { countBlocked } from "./app/state/network/requests.ts";
import { followRoute } from "./app/state/route.ts";
import { followLaunches } from "./app/state/files/launched-files.ts";
import { loadSettings } from "./app/state/settings.ts";
import { followShown } from "./app/state/leaving/shown.ts";
import { followTheme } from "./app/state/theme.ts";
import { Shell } from "./app/views/shell/shell.tsx";
import { prefetchViews } from "./app/views/shell/views.ts";

followTheme();
countBlocked();
tell({ type: "page-settings", settings: loadSettings() });
attach(connectLab(keepOffline(() => tell({ type: "page-new-version" }))));
followShown();
followKeepRuns();
void restore();
void followLostRuns();
askBeforeLeaving();
followEstimates();
followRules();
followClinical();
followGuarantee();
followStudies();
followChoosing();
followCleaning();
followRoute();
followLaunches();

const place = document.getElementById("page");
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <Shell />
    </StrictMode>,
  );
}

await whenReady(prefetchViews());
