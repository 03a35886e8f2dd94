/** How this page reached the browser, which decides what it can promise. */

/** A service worker answers for this page, so that it opens without a network. */
export const worksOffline = (): boolean =>
  "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;

/**
 * It came over plain http from another machine: whoever sits between could have changed it on its way, and the browser
 * allows no service worker.
 */
export const cameUnprotected = (): boolean => !isSecureContext;
