/** How wide a chart label is, in pixels; where there is no canvas (a test in Node) by its length. */
let context: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();

export function labelWidth(text: string): number {
  if (typeof document === "undefined") return text.length * 5.6;
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (context === undefined) {
    context = document.createElement("canvas").getContext("2d");
    if (context) context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  }
  const width = context?.measureText(text).width ?? text.length * 5.6;
  if (widths.size > 5000) widths.clear();
  widths.set(text, width);
  return width;
}
