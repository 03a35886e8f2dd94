import { refuse } from "./refusals.ts";

/** Constructors that reach a network whatever the policy says, or open a window with constructors of its own. */
const constructors = [
  ...Object.getOwnPropertyNames(globalThis).filter((name) => /^(webkit)?RTC/.test(name)),
  "RTCPeerConnection",
  "webkitRTCPeerConnection",
  "WebTransport",
  "WebSocketStream",
  "SharedWorker",
  "PaymentRequest",
  "PresentationRequest",
  "Notification",
  "MediaMetadata",
  "SpeechSynthesisUtterance",
  "SpeechRecognition",
  "webkitSpeechRecognition",
  // Markup from a text may hold a frame.
  "DOMParser",
  "XSLTProcessor",
  "XPathEvaluator",
] as const;

/** Methods of the window, of other globals, and of the prototypes of what they are named after. */
const methods: readonly (readonly [holder: string, name: string])[] = [
  ["Navigator", "registerProtocolHandler"],
  ["Navigator", "unregisterProtocolHandler"],
  ["Navigator", "joinAdInterestGroup"],
  ["Navigator", "runAdAuction"],
  ["Navigator", "getInstalledRelatedApps"],
  ["CredentialsContainer", "get"],
  ["CredentialsContainer", "create"],
  ["DocumentPictureInPicture", "requestWindow"],
  ["PushManager", "subscribe"],
  ["BackgroundFetchManager", "fetch"],
  ["SyncManager", "register"],
  ["PeriodicSyncManager", "register"],
  ["SpeechSynthesis", "speak"],
  ["RemotePlayback", "prompt"],
  ["Bluetooth", "requestDevice"],
  ["USB", "requestDevice"],
  ["Serial", "requestPort"],
  ["HID", "requestDevice"],
  ["Document", "open"],
  ["Document", "write"],
  ["Document", "writeln"],
  ["Document", "execCommand"],
  ["Document", "evaluate"],
  ["Document", "createExpression"],
  ["Element", "insertAdjacentHTML"],
  ["Range", "createContextualFragment"],
  // A click inside a shadow tree need not pass the window, where links are looked at.
  ["Element", "attachShadow"],
  // A class of one's own that extends a frame's makes frames without createElement.
  ["CustomElementRegistry", "define"],
  ["CookieStore", "set"],
];

const setters: readonly (readonly [holder: string, name: string])[] = [
  ["Element", "innerHTML"],
  ["Element", "outerHTML"],
  ["ShadowRoot", "innerHTML"],
  ["HTMLIFrameElement", "srcdoc"],
  // A cookie goes to the host with the next request.
  ["Document", "cookie"],
];

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;

function prototypeOf(name: string): object | undefined {
  const made = (globalThis as Record<string, unknown>)[name];
  return typeof made === "function" ? (made.prototype as object) : undefined;
}

/** Puts a stub that refuses where `name` was; the way it was found cannot be restored. */
function close(holder: object, name: string, label: string): void {
  defineProperty(holder, name, {
    value: function closed(): never {
      return refuse(label);
    },
    writable: false,
    configurable: false,
  });
}

function closeGlobal(name: string): void {
  if (!(name in globalThis)) return;
  for (let holder: object | null = globalThis; holder !== null; holder = getPrototypeOf(holder))
    deleteProperty(holder, name);
  close(globalThis, name, name);
}

/** Takes from the page, for good, what no Content-Security-Policy governs. */
export function takeAway(): void {
  for (const name of [...new Set<string>(constructors), "open"]) closeGlobal(name);
  for (const [owner, name] of methods) {
    const holder = prototypeOf(owner);
    if (holder !== undefined && name in holder) close(holder, name, `${owner}.${name}`);
  }
  for (const [owner, name] of setters) {
    const holder = prototypeOf(owner);
    const found = holder && getOwnPropertyDescriptor(holder, name);
    if (!found) continue;
    const set = (): never => refuse(`${owner}.${name}`);
    defineProperty(holder, name, { ...found, set, configurable: false });
  }
  for (const holder of [Document, Document.prototype, Element.prototype, ShadowRoot.prototype])
    for (const name of Object.getOwnPropertyNames(holder).filter((own) => own.endsWith("HTMLUnsafe")))
      close(holder, name, name);
}
