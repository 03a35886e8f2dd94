const doors = [
  "fetch",
  "fetchLater",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "EventSource",
  "WebTransport",
  "RTCPeerConnection",
  "RTCDataChannel",
  "FontFace",
  "fonts",
  "importScripts",
  "Worker",
  "SharedWorker",
  "Notification",
  "PushManager",
  "BackgroundFetchManager",
  "TCPSocket",
  "UDPSocket",
  "caches",
];

/** Properties of `navigator` that lead to a network or to a device. */
const navigatorDoors = ["serviceWorker", "sendBeacon", "usb", "serial", "hid", "bluetooth", "connection"];

function close(holder: object, door: string): void {
  for (let at: object | null = holder; at !== null; at = Object.getPrototypeOf(at) as object | null)
    Reflect.deleteProperty(at, door);
  Object.defineProperty(holder, door, { value: undefined, writable: false, configurable: false });
}

/**
 * Takes every way to a network away from this worker, for good: call it once everything that it needs is there. A second
 * wall behind the Content-Security-Policy that it inherits from the page, which alone stands against `import()`.
 */
export function closeNetwork(): void {
  for (const door of doors) close(globalThis, door);
  for (const door of navigatorDoors) close(navigator, door);
}
