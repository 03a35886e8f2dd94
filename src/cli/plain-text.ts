/**
 * `text`, which may come from a file, without what a terminal would obey: control characters, and marks that turn the
 * direction of writing.
 */
export const plainText = (text: string): string =>
  text
    .replaceAll(/\s*[\r\n]\s*/g, " ")
    .replaceAll(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, "\ufffd");
