/** Keeps frames out of the page, and other addresses out of its links. */
import { getter, isHere, isMadeHere, resolve } from "./addresses.ts";
import { refuse } from "./refusals.ts";

const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
const { lastIndexOf, slice, toLowerCase } = String.prototype;
const asText = String;
const lower = (text: unknown): string => apply(toLowerCase, asText(text), []) as string;
const localName = getter(Element.prototype, "localName");
const nameOf = (element: unknown): string => lower(apply(localName, element, []));

/** A dictionary that nobody's Object.prototype reaches into. */
const dictionary = <Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.assign(Object.create(null) as Record<string, Value>, entries);

const namesOf = (names: string): Readonly<Record<string, true>> =>
  dictionary(Object.fromEntries(names.split(" ").map((name) => [name, true as const])));

/**
 * A frame has a window, with constructors nobody has closed; `meta` and `base` can send the tab elsewhere; an animation
 * can change where a link leads.
 */
const refusedElements = namesOf(
  "iframe frame frameset object embed applet portal fencedframe controlledframe webview meta base animate set",
);

/** `preconnect` and `dns-prefetch` reach a network under every policy; of these the policy decides. */
const governedRels = namesOf("stylesheet modulepreload icon");

type Rule = (attribute: string, value: string) => void;

const leadsNowhereElse: Rule = (attribute, value) => {
  if (attribute === "target" || attribute === "ping") refuse(`A link with ${attribute}`);
  if (attribute !== "href") return;
  const address = resolve(value);
  if (!isHere(address) && !isMadeHere(address)) refuse("A link to elsewhere");
};

/** What attributes elements of these names may have. */
const rules = dictionary<Rule>({
  link: (attribute, value) => {
    if (attribute === "rel" && !(lower(value) in governedRels)) refuse(`<link rel="${value}">`);
  },
  a: leadsNowhereElse,
  area: leadsNowhereElse,
  // Browsers fetch nothing from elsewhere for it, but list it as if they had.
  use: leadsNowhereElse,
  meta: () => refuse("A change to <meta>"),
});

const ruleOf = (element: unknown): Rule | undefined => rules[nameOf(element)];

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Replaces a method by one that has the original and may refuse; it stays replaced. */
function guard(holder: object, name: string, around: (original: Method) => Method): void {
  const found = getOwnPropertyDescriptor(holder, name)?.value as Method | undefined;
  if (found === undefined) return;
  defineProperty(holder, name, { value: around(found), writable: false, configurable: false });
}

/** The element as it was made is looked at, not the name that was asked for. */
function guardCreation(): void {
  for (const method of ["createElement", "createElementNS"])
    guard(
      Document.prototype,
      method,
      (original) =>
        function (this: unknown, ...given) {
          const made = apply(original, this, given);
          const name = nameOf(made);
          if (name in refusedElements) refuse(`A new <${name}>`);
          return made;
        },
    );
}

function withoutPrefix(name: string): string {
  const colon = apply(lastIndexOf, name, [":"]) as number;
  return apply(slice, name, [colon + 1]) as string;
}

function guardSetting(): void {
  guard(
    Element.prototype,
    "setAttribute",
    (original) =>
      function (this: unknown, name, value) {
        const rule = ruleOf(this);
        if (rule === undefined) return apply(original, this, [name, value]);
        const [attribute, text] = [lower(name), asText(value)] as const;
        rule(withoutPrefix(attribute), text);
        return apply(original, this, [attribute, text]);
      },
  );
  guard(
    Element.prototype,
    "setAttributeNS",
    (original) =>
      function (this: unknown, space, name, value) {
        const rule = ruleOf(this);
        if (rule === undefined) return apply(original, this, [space, name, value]);
        const [attribute, text] = [asText(name), asText(value)] as const;
        rule(withoutPrefix(lower(attribute)), text);
        return apply(original, this, [space, attribute, text]);
      },
  );
}

const ownerOf = getter(Attr.prototype, "ownerElement");
const attributeName = getter(Attr.prototype, "name");
const attributeValue = getter(Attr.prototype, "value");
const nodeType = getter(Node.prototype, "nodeType");

const isAttribute = (node: unknown): boolean => apply(nodeType, node, []) === Node.ATTRIBUTE_NODE;

/** What an attribute as a node says, under the rule for `element`. */
function checkNode(element: unknown, attribute: unknown): void {
  const rule = ruleOf(element);
  if (rule === undefined) return;
  const name = lower(apply(attributeName, attribute, []));
  rule(withoutPrefix(name), asText(apply(attributeValue, attribute, [])));
}

/** A setter of an attribute as a node: `value`, `nodeValue` or `textContent`. */
function guardNodeValue(holder: object, name: string): void {
  const found = getOwnPropertyDescriptor(holder, name);
  const set = found?.set;
  if (set === undefined) return;
  defineProperty(holder, name, {
    ...found,
    set(this: unknown, value: unknown) {
      if (!isAttribute(this)) return apply(set, this, [value]) as void;
      const text = asText(value);
      const element: unknown = apply(ownerOf, this, []);
      if (element !== null) ruleOf(element)?.(withoutPrefix(lower(apply(attributeName, this, []))), text);
      apply(set, this, [text]);
    },
    configurable: false,
  });
}

/** Attributes as nodes: neither a new value nor another node in their place goes past the rule for their element. */
function guardNodes(): void {
  guardNodeValue(Attr.prototype, "value");
  for (const name of ["nodeValue", "textContent"]) guardNodeValue(Node.prototype, name);
  for (const name of ["setAttributeNode", "setAttributeNodeNS"])
    guard(
      Element.prototype,
      name,
      (original) =>
        function (this: unknown, attribute) {
          checkNode(this, attribute);
          return apply(original, this, [attribute]);
        },
    );
  for (const name of ["setNamedItem", "setNamedItemNS"])
    guard(NamedNodeMap.prototype, name, () => () => refuse("An attribute put among others"));
}

/** The property `name`, which reflects the attribute of that name, under the rule for its element. */
function guardProperty(holder: object, name: string): void {
  const found = getOwnPropertyDescriptor(holder, name);
  const set = found?.set;
  if (set === undefined) return;
  defineProperty(holder, name, {
    ...found,
    set(this: unknown, value: unknown) {
      const text = asText(value);
      ruleOf(this)?.(lower(name), text);
      apply(set, this, [text]);
    },
    configurable: false,
  });
}

function guardProperties(): void {
  guardProperty(HTMLLinkElement.prototype, "rel");
  for (const name of ["content", "httpEquiv", "name", "media", "scheme"])
    guardProperty(HTMLMetaElement.prototype, name);
  for (const holder of [HTMLAnchorElement.prototype, HTMLAreaElement.prototype]) {
    for (const name of ["href", "target", "ping"]) guardProperty(holder, name);
    for (const part of ["protocol", "username", "password", "host", "hostname", "port", "pathname", "search"])
      defineProperty(holder, part, { set: () => refuse("A link to elsewhere"), configurable: false });
  }
  const text = getOwnPropertyDescriptor(SVGAnimatedString.prototype, "baseVal");
  const set = (): never => refuse("A link to elsewhere");
  defineProperty(SVGAnimatedString.prototype, "baseVal", { ...text, set, configurable: false });
  const relList = { supports: (name: unknown): boolean => lower(name) in governedRels };
  defineProperty(HTMLLinkElement.prototype, "relList", { get: () => relList, configurable: false });
}

/** Guards how elements are made and how links are told where they lead. */
export function guardElements(): void {
  guardCreation();
  guardSetting();
  guardNodes();
  guardProperties();
}
