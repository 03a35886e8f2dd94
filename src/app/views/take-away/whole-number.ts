/** A whole number within bounds from what was typed: separators are fine, nonsense is not taken. */
export function wholeNumber(text: string, low: number, high: number): number | undefined {
  const digits = text.replace(/[\s,_.']/g, "");
  if (!/^\d{1,12}$/.test(digits)) return undefined;
  const value = Number(digits);
  return value >= low && value <= high ? value : undefined;
}
