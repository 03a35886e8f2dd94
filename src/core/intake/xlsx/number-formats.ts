import { attribute, type TagWatch } from "./xml-tags.ts";

/** How a number is shown, as far as it changes what the cell says. */
export type Shown =
  | { readonly as: "number" }
  | { readonly as: "percent" }
  /** digits that zeros in front make up: "00000" */
  | { readonly as: "padded"; readonly digits: number }
  | { readonly as: "date" | "time" | "datetime" | "elapsed" };

const NUMBER: Shown = { as: "number" };

/** Formats that files name by number alone (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asia). */
function builtIn(id: number): Shown {
  if (id === 9 || id === 10) return { as: "percent" };
  if (id >= 14 && id <= 17) return { as: "date" };
  if (id >= 18 && id <= 21) return { as: "time" };
  if (id === 22) return { as: "datetime" };
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { as: "date" };
  if (id === 45 || id === 47) return { as: "time" };
  return id === 46 ? { as: "elapsed" } : NUMBER;
}

/** Most characters of a format code; Excel writes no more. */
const LONGEST = 255;

/** What a format code makes of a number. */
export function shownBy(code: string): Shown {
  if (code.length > LONGEST) return NUMBER;
  const [first = ""] = code.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  if (/\[(h+|m+|s+)\]/i.test(first)) return { as: "elapsed" };
  const bare = first
    .replaceAll(/"[^"]*"?/g, "")
    .replaceAll(/\\./g, "")
    .replaceAll(/[_*]./g, "")
    .replaceAll(/\[[^\]]*\]/g, "")
    .trim();
  if (/^(general|standard|@)$/i.test(bare)) return NUMBER;
  const letters = bare.replaceAll(/am\/pm|a\/p/gi, "h").toLowerCase();
  const clock = /[hs]/.test(letters);
  const day = /[dy]/.test(letters) || (!clock && /m/.test(letters)) || /m{3}/.test(letters);
  if (!/[#?]/.test(letters) && !/e[+-]/.test(letters)) {
    if (day && clock) return { as: "datetime" };
    if (day) return { as: "date" };
    if (clock) return { as: "time" };
  }
  if (bare.includes("%")) return { as: "percent" };
  return /^0{2,30}$/.test(bare) ? { as: "padded", digits: bare.length } : NUMBER;
}

/** Collects from `styles.xml` how each cell style shows a number. */
export class Styles implements TagWatch {
  private readonly codes = new Map<number, Shown>();
  private readonly ids: number[] = [];
  private within = "";

  open(name: string, attributes: string): void {
    if (name === "cellXfs" || name === "cellStyleXfs") this.within = name;
    if (name === "numFmt") {
      const id = Number(attribute(attributes, "numFmtId"));
      this.codes.set(id, shownBy(attribute(attributes, "formatCode") ?? ""));
    }
    if (name === "xf" && this.within === "cellXfs")
      this.ids.push(Number(attribute(attributes, "numFmtId") ?? 0));
  }

  close(name: string): void {
    if (name === this.within) this.within = "";
  }

  /** By the number of the style, as cells name it. */
  done(): readonly Shown[] {
    return this.ids.map((id) => this.codes.get(id) ?? builtIn(id));
  }
}
