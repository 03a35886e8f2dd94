import "./app/theme/tokens.css";
import "./app/theme/parts.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepOffline } from "./offline/keep-offline.ts";
import { connectLab } from "./worker/client.ts";
import { followKeepRuns, restore } from "./app/state/coming-back.ts";
import { attach } from "./app/state/worker-link.ts";
import { followEstimates } from "./app/state/follow-estimates.ts";
import { tell } from "./app/state/lab.ts";
import { askBeforeLeaving } from "./app/state/leaving.ts";
import { followLostRuns } from "./app/state/lost-runs.ts";
import { whenReady } from "./app/state/ready.ts";
import { countBlocked } from "./app/state/requests.ts";
import { followRoute } from "./app/state/route.ts";
import { followLaunches } from "./app/state/launched-files.ts";
import { loadSettings } from "./app/state/settings.ts";
import { followShown } from "./app/state/shown.ts";
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
