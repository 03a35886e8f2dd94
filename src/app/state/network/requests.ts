/** Counts what the page fetches once it is ready, and what is refused: by the Content-Security-Policy, by src/doors. */
import { tell } from "../lab.ts";

/** Addresses that leave this page's memory; blob: and data: never reach a network. */
const isFetch = (name: string): boolean => !name.startsWith("blob:") && !name.startsWith("data:");

/** Addresses that the policy refused: browsers list some of them among the fetched all the same. */
const refused = new Set<string>();

/** What src/doors has refused until now; it tells the number at the page's root, and that there is one more by an event. */
const closedDoors = (): number => Number(document.documentElement.dataset["refused"] ?? 0);

/** A page with the policy in its header and in its source reports each refusal once for either: one is counted. */
export function countBlocked(): void {
  let counted = 0;
  const atDoors = (): void => {
    const count = closedDoors() - counted;
    counted += count;
    if (count > 0) tell({ type: "page-blocked", count });
  };
  atDoors();
  document.addEventListener("refused", atDoors);
  let policy: string | undefined;
  document.addEventListener("securitypolicyviolation", ({ blockedURI, originalPolicy }) => {
    refused.add(blockedURI);
    policy ??= originalPolicy;
    if (originalPolicy === policy) tell({ type: "page-blocked", count: 1 });
  });
}

/** How long a refusal may take to be told after the entry of its request. */
const REFUSAL_MS = 100;

let from = 0;

/** What is fetched is counted from now on: another worker has started, and has all that it needs. */
export function countAnew(): void {
  from = performance.now();
  tell({ type: "page-counting" });
}

/** Counts every resource fetched from now on; the worker counts its own. */
export function countRequests(): void {
  from = performance.now();
  const observer = new PerformanceObserver((list) => {
    const entries = list.getEntries().filter((entry) => isFetch(entry.name));
    if (entries.length === 0) return;
    setTimeout(() => {
      const counted = entries.filter(({ startTime }) => startTime >= from);
      const urls = counted.map((entry) => entry.name).filter((url) => !refused.has(url));
      if (urls.length > 0) tell({ type: "page-requests", urls });
    }, REFUSAL_MS);
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
