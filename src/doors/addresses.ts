/** Which addresses are this page itself, or a file that it has made. */

const { apply, getOwnPropertyDescriptor } = Reflect;
const { indexOf, slice, startsWith } = String.prototype;
const Address = URL;
const asText = String;

/** How a property is read, taken before anybody could replace it. */
export const getter = (holder: object, name: string): ((this: unknown) => unknown) =>
  getOwnPropertyDescriptor(holder, name)?.get ?? (() => undefined);

const href = getter(URL.prototype, "href");

function withoutHash(address: string): string {
  const at = apply(indexOf, address, ["#"]) as number;
  return at < 0 ? address : (apply(slice, address, [0, at]) as string);
}
const here = withoutHash(location.href);
const made = `blob:${location.origin}/`;

/** Resolved against this page; "" for what is no address. */
export function resolve(address: unknown): string {
  try {
    return apply(href, new Address(asText(address), here), []) as string;
  } catch {
    return "";
  }
}

/** A part of this page. */
export const isHere = (address: string): boolean => withoutHash(address) === here;

/** A blob of this page. */
export const isMadeHere = (address: string): boolean => apply(startsWith, address, [made]) as boolean;
