/** Files that the desktop hands to the installed page: a table or a model that was opened with it. */
import { openFiles } from "../choosing/choosing.ts";
import { goTo } from "../route.ts";

interface LaunchParams {
  readonly files?: readonly FileSystemFileHandle[];
}

interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

/** Opens what the page was launched with, where the browser has file handling (Web App Launch Handler API). */
export function followLaunches(): void {
  if (!("launchQueue" in window)) return;
  (window.launchQueue as LaunchQueue).setConsumer(({ files }) => {
    if (files === undefined || files.length === 0) return;
    Promise.all(files.map((file) => file.getFile())).then(openFiles, () => goTo("data"));
  });
}
