/** A part of a rule's text that stands for columns: "{Creatinine, mg/dL}". */
export interface Placeholder {
  readonly concept: string;
  readonly unit?: string;
}

const PARTS = /"(?:\\.|[^"\\])*"|“[^”]*”|`(?:\\.|[^`\\])*`|\{([^{}]*)\}/g;

/** What stands in braces, in the order of the text; braces within quotes are a level's or a name's own. */
export function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  fillText(text, (placeholder) => {
    found.push(placeholder);
    return "";
  });
  return found;
}

/** `text` with what stands in braces replaced. */
export const fillText = (text: string, by: (placeholder: Placeholder) => string): string =>
  text.replace(PARTS, (whole, inner: string | undefined) =>
    inner === undefined ? whole : by(readPlaceholder(inner)),
  );

function readPlaceholder(inner: string): Placeholder {
  const comma = inner.indexOf(",");
  const concept = (comma < 0 ? inner : inner.slice(0, comma)).trim();
  const unit = comma < 0 ? "" : inner.slice(comma + 1).trim();
  return { concept, ...(unit !== "" && { unit }) };
}
