import { FaultError } from "../../fault.ts";

const ASCII_AT_ONCE = 64;

/**
 * Texts of a file in the encoding that it declares. Texts of UTF-8 are cut at a byte, so half a character at the end is
 * left away; what is no UTF-8 though the file says so is read as windows-1252, and `mended` counts it.
 */
export class StoredText {
  mended = 0;
  private readonly strict: TextDecoder;
  private readonly western = new TextDecoder("windows-1252");
  private readonly utf8: boolean;
  private readonly encoding: string;
  private readonly declared: boolean;

  /**
   * `encoding` as the file calls it; undefined where its format does not say. Throws FaultError `file-refused` for one
   * that nothing here can read.
   */
  constructor(encoding: string | undefined, file: string, format: string) {
    const label = labelOf(encoding ?? "utf-8");
    this.declared = encoding !== undefined;
    try {
      this.strict = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    } catch {
      throw new FaultError({
        code: "file-refused",
        file,
        format,
        reason: `Its texts are written in “${encoding?.slice(0, 40)}”, which cannot be read here.`,
        remedy: "Save it in UTF-8, then open that file.",
      });
    }
    this.utf8 = this.strict.encoding === "utf-8";
    this.encoding = this.strict.encoding;
  }

  /** The text of `bytes` without the blanks and zeros at its end. */
  decode(bytes: Uint8Array): string {
    let end = bytes.length;
    while (end > 0 && (bytes[end - 1] === 32 || bytes[end - 1] === 0)) end--;
    let plain = true;
    for (let i = 0; i < end && plain; i++) plain = (bytes[i] as number) < 128;
    if (plain && end <= ASCII_AT_ONCE) {
      return String.fromCharCode(...bytes.subarray(0, end));
    }
    return this.foreign(bytes.subarray(0, end));
  }

  private foreign(bytes: Uint8Array): string {
    try {
      return this.strict.decode(bytes);
    } catch {
      if (this.utf8) {
        const cut = wholeCharacters(bytes);
        if (cut < bytes.length) {
          try {
            return this.strict.decode(bytes.subarray(0, cut));
          } catch {
            // no UTF-8 before the cut either
          }
        }
      }
      this.mended++;
      return this.western.decode(bytes);
    }
  }

  /** What a person must know of it, once the texts are read. */
  notes(): string[] {
    if (this.mended === 0) return [];
    if (!this.declared)
      return ["Its format does not say how characters are written; the file was read as windows-1252."];
    const many = this.mended === 1 ? "One text is" : `${this.mended.toLocaleString("en")} texts are`;
    const declared = this.encoding === "utf-8" ? "UTF-8" : this.encoding;
    return [`${many} not ${declared}, although the file says so, and read as windows-1252.`];
  }
}

/** Bytes up to a last character of UTF-8 that is not complete. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** Names of encodings that the Encoding Standard calls otherwise. */
function labelOf(encoding: string): string {
  const name = encoding.trim().toLowerCase();
  const page = /^(?:cp|ibm-?|windows-?|ms)_?(\d{3,5})$/.exec(name)?.[1];
  if (page === undefined) return name;
  if (page === "65001") return "utf-8";
  if (page === "932") return "shift_jis";
  if (page === "936") return "gbk";
  if (page === "949") return "euc-kr";
  if (page === "950") return "big5";
  if (page === "866") return "ibm866";
  if (page === "874") return "windows-874";
  return `windows-${page}`;
}
