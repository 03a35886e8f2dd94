import type { Encoding } from "../../core/table/table.ts";

/** Encodings as a person knows them, the frequent ones first. */
export const encodingNames: Readonly<Record<Encoding, string>> = {
  "utf-8": "Unicode (UTF-8)",
  "utf-16le": "Unicode (UTF-16, little endian)",
  "utf-16be": "Unicode (UTF-16, big endian)",
  "windows-1252": "Western European (windows-1252)",
  "windows-1250": "Central European (windows-1250)",
  "windows-1251": "Cyrillic (windows-1251)",
  "windows-1253": "Greek (windows-1253)",
  "windows-1254": "Turkish (windows-1254)",
  "windows-1255": "Hebrew (windows-1255)",
  "windows-1256": "Arabic (windows-1256)",
  "windows-1257": "Baltic (windows-1257)",
  "windows-1258": "Vietnamese (windows-1258)",
  "windows-874": "Thai (windows-874)",
  "iso-8859-2": "Central European (ISO 8859-2)",
  "iso-8859-5": "Cyrillic (ISO 8859-5)",
  "iso-8859-7": "Greek (ISO 8859-7)",
  "koi8-r": "Cyrillic (KOI8-R)",
  gb18030: "Chinese, simplified (GBK, GB 18030)",
  big5: "Chinese, traditional (Big5)",
  shift_jis: "Japanese (Shift JIS)",
  "euc-jp": "Japanese (EUC)",
  "euc-kr": "Korean (EUC)",
};

/** All of them, to choose from. */
export const encodings = (Object.keys(encodingNames) as Encoding[]).map((encoding) => ({
  value: encoding,
  label: encodingNames[encoding],
}));
