import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { entryPieces, type ZipEntry } from "../archives/zip-entries.ts";
import type { FileBytes } from "../file.ts";
import { Styles, type Shown } from "./number-formats.ts";
import { attribute, NoXml, unescaped, unescapedCell, XmlTags, type TagWatch } from "./xml-tags.ts";

export const FORMAT = "an Excel workbook";

/** A sheet as the workbook lists it. */
export interface ListedSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** undefined: a chart or a dialog */
  readonly part: ZipEntry | undefined;
}

/** What all sheets of a workbook share. */
export interface Workbook {
  readonly file: FileBytes;
  readonly since1904: boolean;
  readonly sheets: readonly ListedSheet[];
  readonly styles: readonly Shown[];
  readonly strings: readonly string[];
}

export const damagedWorkbook = (file: string, reason: string): FaultError =>
  new FaultError({ code: "file-damaged", file, format: FORMAT, reason });

/** Reads an XML part of the workbook. Rejects with FaultError `file-damaged` and `file-refused`. */
export async function readPart(file: FileBytes, part: ZipEntry, watch: TagWatch): Promise<void> {
  const tags = new XmlTags(watch);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of entryPieces(file, part, FORMAT)) {
      tags.feed(decoder.decode(piece, { stream: true }));
      await breathe();
    }
    tags.feed(decoder.decode());
    tags.end();
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const reason = error instanceof NoXml ? error.message : "its text is not UTF-8";
    throw damagedWorkbook(file.name, `In “${part.name}” ${reason}.`);
  }
}

/** Rejects with FaultError `file-damaged` and `file-refused`. */
export async function readWorkbook(file: FileBytes, entries: readonly ZipEntry[]): Promise<Workbook> {
  const find = (path: string): ZipEntry | undefined =>
    entries.find(({ name }) => name.toLowerCase() === path.toLowerCase());
  const list = new SheetList();
  await readPart(file, find("xl/workbook.xml") as ZipEntry, list);
  const links = new Links();
  const linked = find("xl/_rels/workbook.xml.rels");
  if (linked !== undefined) await readPart(file, linked, links);
  const styles = new Styles();
  /** A part that the workbook names has to be there: without its styles every date would be a number. */
  const named = (type: string, usual: string): ZipEntry | undefined => {
    const path = links.ofType(type);
    const part = find(path ?? usual);
    if (path === undefined || part !== undefined) return part;
    throw damagedWorkbook(file.name, `“${path}”, which the workbook names, is missing in it.`);
  };
  const styled = named("styles", "xl/styles.xml");
  if (styled !== undefined) await readPart(file, styled, styles);
  const strings = new SharedStrings();
  const shared = named("sharedStrings", "xl/sharedStrings.xml");
  if (shared !== undefined) await readPart(file, shared, strings);
  const sheets = list.sheets.map(({ name, link, hidden }): ListedSheet => {
    const target = links.get(link);
    if (target === undefined) throw damagedWorkbook(file.name, `The sheet “${name}” is missing in it.`);
    if (!target.type.endsWith("/worksheet")) return { name, hidden, part: undefined };
    const part = find(target.path);
    if (part === undefined) throw damagedWorkbook(file.name, `The sheet “${name}” is missing in it.`);
    return { name, hidden, part };
  });
  return { file, since1904: list.since1904, sheets, styles: styles.done(), strings: strings.texts };
}

class SheetList implements TagWatch {
  since1904 = false;
  readonly sheets: { name: string; link: string; hidden: boolean }[] = [];

  open(name: string, attributes: string): void {
    if (name === "workbookPr") this.since1904 = /^(1|true|on)$/.test(attribute(attributes, "date1904") ?? "");
    if (name !== "sheet") return;
    this.sheets.push({
      name: attribute(attributes, "name") ?? "",
      link: attribute(attributes, "id") ?? "",
      hidden: /hidden/i.test(attribute(attributes, "state") ?? ""),
    });
  }
}

/** Where the parts of a workbook stand in its archive. */
class Links implements TagWatch {
  private readonly all = new Map<string, { type: string; path: string }>();

  open(name: string, attributes: string): void {
    if (name !== "Relationship") return;
    const target = attribute(attributes, "Target") ?? "";
    const path = target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`;
    this.all.set(attribute(attributes, "Id") ?? "", { type: attribute(attributes, "Type") ?? "", path });
  }

  get(id: string): { type: string; path: string } | undefined {
    return this.all.get(id);
  }

  ofType(type: string): string | undefined {
    return [...this.all.values()].find((link) => link.type.endsWith(`/${type}`))?.path;
  }
}

/** The texts that cells refer to by number; readings of Japanese characters (rPh) are left out. */
class SharedStrings implements TagWatch {
  readonly texts: string[] = [];
  private text_ = "";
  private reading = false;
  private aside = false;

  open(name: string): void {
    if (name === "si") this.text_ = "";
    else if (name === "rPh") this.aside = true;
    else if (name === "t") this.reading = !this.aside;
  }

  text(text: string): void {
    if (this.reading) this.text_ += text;
  }

  close(name: string): void {
    if (name === "t") this.reading = false;
    else if (name === "rPh") this.aside = false;
    else if (name === "si") this.texts.push(unescapedCell(unescaped(this.text_)));
  }
}
