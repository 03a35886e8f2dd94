/** Counts what is refused on this page and says so; the page reads the number from `data-refused` at its root. */

const { apply } = Reflect;
const dispatch = EventTarget.prototype.dispatchEvent;
const setAttribute = Element.prototype.setAttribute;
const Told = Event;
const root = document.documentElement;
let refusals = 0;

/** Remembers one refusal. */
export function count(): void {
  refusals += 1;
  apply(setAttribute, root, ["data-refused", `${refusals}`]);
  apply(dispatch, document, [new Told("refused")]);
}

/** Counts one refusal and throws it at whoever tried. */
export function refuse(what: string): never {
  count();
  throw new DOMException(`${what} is closed on this page: it could take data elsewhere.`, "NotAllowedError");
}
