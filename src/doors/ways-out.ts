/** Keeps the tab on this page: no navigation by script, no link that leads away. */
import { getter, isHere, isMadeHere, resolve } from "./addresses.ts";
import { count, refuse } from "./refusals.ts";

const { apply, defineProperty } = Reflect;
const prevent = Event.prototype.preventDefault;
const nodeType = getter(Node.prototype, "nodeType");

/** A navigation is allowed to a part of this page, to this page anew, and to save a file that this page has made. */
function watchNavigation(): void {
  const navigation = (globalThis as { navigation?: Navigation }).navigation;
  if (navigation === undefined) return;
  const destination = getter(NavigateEvent.prototype, "destination");
  const download = getter(NavigateEvent.prototype, "downloadRequest");
  const url = getter(NavigationDestination.prototype, "url");
  navigation.addEventListener("navigate", (event) => {
    const address = apply(url, apply(destination, event, []), []) as string;
    if (isHere(address)) return;
    if (isMadeHere(address) && apply(download, event, []) !== null) return;
    apply(prevent, event, []);
    count();
  });
}

const attribute = Element.prototype.getAttribute;
const attributeNS = Element.prototype.getAttributeNS;
const XLINK = "http://www.w3.org/1999/xlink";

/** Where a link leads, or undefined for what is none. */
function leadsTo(element: unknown): string | undefined {
  const href: unknown = apply(attribute, element, ["href"]) ?? apply(attributeNS, element, [XLINK, "href"]);
  return href === null ? undefined : resolve(href);
}

const staysHere = (link: unknown, address: string): boolean =>
  isHere(address) || (isMadeHere(address) && apply(attribute, link, ["download"]) !== null);

/** Looks at every click before anybody else does, also with the middle button. */
function watchClicks(): void {
  const path = Event.prototype.composedPath;
  const look = (event: Event): void => {
    const passed = apply(path, event, []) as unknown[];
    for (let i = 0; i < passed.length - 1; i++) {
      const node = passed[i];
      if (apply(nodeType, node, []) !== 1) continue;
      const address = leadsTo(node);
      if (address === undefined || staysHere(node, address)) continue;
      apply(prevent, event, []);
      count();
      return;
    }
  };
  addEventListener("click", look, true);
  addEventListener("auxclick", look, true);
}

/** A click on an element outside the document passes no window: it is refused. */
function refuseDetachedClicks(): void {
  const connected = getter(Node.prototype, "isConnected");
  const typeOf = getter(Event.prototype, "type");
  const click = HTMLElement.prototype.click;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const isDetached = (target: unknown): boolean => {
    try {
      apply(nodeType, target, []);
    } catch {
      return false;
    }
    return apply(connected, target, []) === false;
  };
  const closed = { writable: false, configurable: false };
  const refusal = "A click on an element outside the document";
  defineProperty(HTMLElement.prototype, "click", {
    value: function (this: HTMLElement): void {
      if (isDetached(this)) refuse(refusal);
      apply(click, this, []);
    },
    ...closed,
  });
  defineProperty(EventTarget.prototype, "dispatchEvent", {
    value: function (this: EventTarget, event: Event): boolean {
      if (isDetached(this) && apply(typeOf, event, []) === "click") refuse(refusal);
      return apply(dispatch, this, [event]) as boolean;
    },
    ...closed,
  });
}

/** No form of this page is sent; a browser would look up where a form leads before it asks the policy. */
function refuseForms(): void {
  for (const name of ["submit", "requestSubmit"])
    defineProperty(HTMLFormElement.prototype, name, {
      value: () => refuse(`HTMLFormElement.${name}`),
      writable: false,
      configurable: false,
    });
  addEventListener("submit", (event) => apply(prevent, event, []), true);
}

/** Another page that has opened this one, or that shows it in a frame, could be handed what is in it. */
function leaveOthers(): void {
  opener = null;
  const stop = Event.prototype.stopImmediatePropagation;
  addEventListener("message", (event) => apply(stop, event, []), true);
  if (top === self) return;
  document.documentElement.textContent =
    "Semblance does not run inside another page. Open it in a tab of its own.";
  window.stop();
  throw new Error("This page is shown inside another page.");
}

/** Leaves the page no way by which its own code could take the tab, or what is in it, elsewhere. */
export function closeWaysOut(): void {
  leaveOthers();
  watchNavigation();
  watchClicks();
  refuseDetachedClicks();
  refuseForms();
}
