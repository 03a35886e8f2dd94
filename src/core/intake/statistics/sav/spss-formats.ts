/** SPSS's formats by number (PSPP, “Data Record Format types”). */
const NAMES: Readonly<Record<number, string>> = {
  1: "A",
  2: "AHEX",
  3: "COMMA",
  4: "DOLLAR",
  5: "F",
  6: "IB",
  7: "PIBHEX",
  8: "P",
  9: "PIB",
  10: "PK",
  11: "RB",
  12: "RBHEX",
  15: "Z",
  16: "N",
  17: "E",
  20: "DATE",
  21: "TIME",
  22: "DATETIME",
  23: "ADATE",
  24: "JDATE",
  25: "DTIME",
  26: "WKDAY",
  27: "MONTH",
  28: "MOYR",
  29: "QYR",
  30: "WKYR",
  31: "PCT",
  32: "DOT",
  33: "CCA",
  34: "CCB",
  35: "CCC",
  36: "CCD",
  37: "CCE",
  38: "EDATE",
  39: "SDATE",
  40: "MTIME",
  41: "YMDHMS",
};

/** “F8.2”, “A600”. */
export function formatName(
  { type, width, decimals }: { readonly type: number; readonly width: number; readonly decimals: number },
  bytes: number,
): string {
  const name = NAMES[type] ?? "F";
  if (name === "A") return `A${bytes}`;
  return `${name}${width}${decimals > 0 ? `.${decimals}` : ""}`;
}
