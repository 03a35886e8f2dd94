/** Told of an XML text as it streams by. Names come without their namespace, attributes as they are written. */
export interface TagWatch {
  open?(name: string, attributes: string): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Thrown for what is no XML of a workbook. */
export class NoXml extends Error {}

/** Characters without the end of a tag after which there is none. */
const LONGEST_TAG = 1 << 22;

/**
 * The tags of an XML text that comes in pieces, as far as workbooks need them: no checking of nesting, and no documents with a
 * type of their own, whose entities could stand for more than memory holds. Throws NoXml.
 */
export class XmlTags {
  private rest = "";
  private readonly watch: TagWatch;

  constructor(watch: TagWatch) {
    this.watch = watch;
  }

  feed(more: string): void {
    const text = this.rest + more;
    let at = 0;
    for (;;) {
      const start = text.indexOf("<", at);
      if (start < 0) {
        if (at < text.length) this.watch.text?.(text.slice(at));
        this.rest = "";
        return;
      }
      const end = endOfTag(text, start);
      if (end < 0) {
        if (start > at) this.watch.text?.(text.slice(at, start));
        this.rest = text.slice(start);
        if (this.rest.length > LONGEST_TAG) throw new NoXml("one of its tags does not end");
        return;
      }
      if (start > at) this.watch.text?.(text.slice(at, start));
      this.tag(text, start, end);
      at = end;
    }
  }

  /** Throws NoXml where the text ends within a tag. */
  end(): void {
    if (this.rest !== "") throw new NoXml("it breaks off within a tag");
  }

  private tag(text: string, start: number, end: number): void {
    const sign = text.charCodeAt(start + 1);
    if (sign === 63) return;
    if (sign === 33) {
      if (text.startsWith("<![CDATA[", start)) this.watch.text?.(escapedText(text.slice(start + 9, end - 3)));
      else if (!text.startsWith("<!--", start))
        throw new NoXml("it has a document type, which no workbook has");
      return;
    }
    if (sign === 47) {
      this.watch.close?.(localName(text.slice(start + 2, end - 1).trimEnd()));
      return;
    }
    const closed = text.charCodeAt(end - 2) === 47;
    const inside = text.slice(start + 1, closed ? end - 2 : end - 1);
    const space = inside.search(/\s/);
    const name = localName(space < 0 ? inside : inside.slice(0, space));
    this.watch.open?.(name, space < 0 ? "" : inside.slice(space));
    if (closed) this.watch.close?.(name);
  }
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const escapedText = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Behind the tag that begins at `start`; -1 where its end has not come yet. */
function endOfTag(text: string, start: number): number {
  const sign = text.charCodeAt(start + 1);
  if (sign === 33) {
    if (text.length < start + 9) return -1;
    const mark = text.startsWith("<!--", start) ? "-->" : text.startsWith("<![CDATA[", start) ? "]]>" : ">";
    const end = text.indexOf(mark, start + 2);
    return end < 0 ? -1 : end + mark.length;
  }
  let end = text.indexOf(">", start);
  while (end >= 0 && withinQuotes(text, start, end)) end = text.indexOf(">", end + 1);
  return end < 0 ? -1 : end + 1;
}

/** Whether an attribute's quote is open at `end`. */
function withinQuotes(text: string, start: number, end: number): boolean {
  let open = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (open === 0 ? code === 34 || code === 39 : code === open) open = open === 0 ? code : 0;
  }
  return open !== 0;
}

/** The value of an attribute, whatever the namespace of its name is not; undefined where it has none. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before > 32 && before !== 58) continue;
    let from = at + name.length;
    while (attributes.charCodeAt(from) <= 32) from++;
    if (attributes.charCodeAt(from) !== 61) continue;
    from++;
    while (attributes.charCodeAt(from) <= 32) from++;
    const quote = attributes[from];
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, from + 1);
    if (end >= 0) return unescaped(attributes.slice(from + 1, end));
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Text with its entities replaced. */
export function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code =
      name[1] === "x" || name[1] === "X" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Characters that XML cannot hold, as Excel writes them: _x000D_ (ECMA-376, ST_Xstring). */
export const unescapedCell = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([\da-fA-F]{4})_/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
