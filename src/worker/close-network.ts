const doors = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "EventSource",
  "WebTransport",
  "RTCPeerConnection",
  "importScripts",
  "Worker",
  "caches",
];

/**
 * Takes every way to a network away from this worker, for good: call it once everything that it needs is there. A second
 * wall behind the Content-Security-Policy, which a worker has only if its host or service worker sends it.
 */
export function closeNetwork(): void {
  for (const door of doors) {
    let holder: object | null = globalThis;
    while (holder !== null) {
      Reflect.deleteProperty(holder, door);
      holder = Object.getPrototypeOf(holder) as object | null;
    }
    Object.defineProperty(globalThis, door, { value: undefined, writable: false, configurable: false });
  }
}
