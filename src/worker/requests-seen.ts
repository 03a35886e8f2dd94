import type { Event as LabEvent } from "./protocol.ts";

/** Reports every resource that this worker fetches from now on, by the browser's own record of them. */
export function reportRequests(post: (event: LabEvent) => void): void {
  const from = performance.now();
  const urls: string[] = [];
  const observer = new PerformanceObserver((entries) => {
    const fetched = entries
      .getEntries()
      .filter(({ name, startTime }) => startTime >= from && /^(https?|wss?):/.test(name));
    if (fetched.length === 0) return;
    urls.push(...fetched.map(({ name }) => name));
    post({ type: "requests", count: urls.length, urls: fetched.map(({ name }) => name) });
  });
  observer.observe({ type: "resource" });
}
