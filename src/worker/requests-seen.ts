import type { Event as LabEvent } from "./protocol.ts";

/** How long a refusal may take to be told after the entry of its request. */
const REFUSAL_MS = 100;

/** Reports what this worker fetches from now on, by the browser's own record of it, and what the policy refuses. */
export function reportRequests(post: (event: LabEvent) => void): void {
  const from = performance.now();
  const refused = new Set<string>();
  let count = 0;
  let policy: string | undefined;
  self.addEventListener("securitypolicyviolation", ({ blockedURI, originalPolicy }) => {
    refused.add(blockedURI);
    // The policy of the page's source and of its header: one refusal is told once for either.
    policy ??= originalPolicy;
    if (originalPolicy === policy) post({ type: "blocked", count: 1 });
  });
  const observer = new PerformanceObserver((entries) => {
    const fetched = entries
      .getEntries()
      .filter(({ name, startTime }) => startTime >= from && /^(https?|wss?):/.test(name));
    if (fetched.length === 0) return;
    setTimeout(() => {
      const urls = fetched.map(({ name }) => name).filter((url) => !refused.has(url));
      count += urls.length;
      if (urls.length > 0) post({ type: "requests", count, urls });
    }, REFUSAL_MS);
  });
  observer.observe({ type: "resource" });
}
