/** What came of keeping a copy of the page in this browser. */
export type OfflineState = { readonly kept: true } | { readonly kept: false; readonly reason: string };

/**
 * Registers the service worker and resolves once it holds every file of the page and answers for them, so that nothing is
 * fetched after that. Start the lab's worker after this: it then fetches nothing from the host either.
 * Never rejects: without a service worker (private window, dev server) the page works, but not offline.
 *
 * @param onNewVersion called when a newer copy waits; it takes over once every tab of the page has been closed.
 */
export async function keepOffline(onNewVersion: () => void = () => {}): Promise<OfflineState> {
  if (import.meta.env.DEV) return { kept: false, reason: "The development server keeps no offline copy." };
  if (!("serviceWorker" in navigator)) return { kept: false, reason: "This browser has no service worker." };
  try {
    const registration = await navigator.serviceWorker.register(
      new URL("service-worker.js", document.baseURI),
    );
    registration.addEventListener("updatefound", () => {
      const next = registration.installing;
      if (!registration.active || !next) return;
      next.addEventListener("statechange", () => {
        if (next.state === "installed") onNewVersion();
      });
    });
    await settled(registration);
    await inCharge();
    if (registration.waiting !== null) onNewVersion();
    return { kept: true };
  } catch (error) {
    return { kept: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Rejects when the first copy could not be made whole (`ready` would then wait for ever). */
function settled(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker || registration.active) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("The copy for offline use could not be completed."));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Resolves when this page's requests go through the service worker; after 3 s at most (a forced reload goes past it). */
function inCharge(): Promise<void> {
  if (navigator.serviceWorker.controller) return Promise.resolve();
  return new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(), { once: true });
    setTimeout(resolve, 3000);
  });
}
