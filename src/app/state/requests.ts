/** Counts what the page fetches once it is ready, and what the Content-Security-Policy refuses. */
import { tell } from "./lab.ts";

/** Addresses that leave this page's memory; blob: and data: never reach a network. */
const isFetch = (name: string): boolean => !name.startsWith("blob:") && !name.startsWith("data:");

export function countBlocked(): void {
  document.addEventListener("securitypolicyviolation", () => tell({ type: "page-blocked", count: 1 }));
}

/** Counts every resource fetched from now on; the worker counts its own. */
export function countRequests(): void {
  const from = performance.now();
  const observer = new PerformanceObserver((list) => {
    const urls = list
      .getEntries()
      .filter((entry) => entry.startTime >= from && isFetch(entry.name))
      .map((entry) => entry.name);
    if (urls.length > 0) tell({ type: "page-requests", urls });
  });
  observer.observe({ type: "resource" });
}

/** The policy the browser enforces, as it stands in this page; "" when there is none. */
export function shippedPolicy(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  return meta?.content.trim() ?? "";
}

/** What was fetched to show the page: how many files, how many bytes as stored. */
export function fetchedToStart(): { files: number; bytes: number } {
  const entries = [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource").filter((entry) => isFetch(entry.name)),
  ];
  const bytes = entries.map((entry) =>
    entry instanceof PerformanceResourceTiming ? entry.decodedBodySize : 0,
  );
  return { files: entries.length, bytes: bytes.reduce((sum, b) => sum + b, 0) };
}
