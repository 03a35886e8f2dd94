/** The light theme's tokens: the card looks the same whatever theme the page is in. A test holds them to tokens.css. */
export const palette = {
  surface: "#fff",
  sunken: "#eef0f1",
  line: "#dce0e2",
  edge: "#808a92",
  ink: "#14202a",
  "ink-2": "#42505b",
  "ink-3": "#5a6772",
  accent: "#0b6a66",
  real: "#2d5ca6",
  "real-fill": "#a9c0e6",
  syn: "#b34e0a",
  bad: "#ad1f3b",
  zero: "#f3f4f4",
} as const;

export type Colour = keyof typeof palette;

const channels = (hex: string): number[] => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  return [1, 3, 5].map((i) => Number.parseInt(full.slice(i, i + 2), 16));
};

/** `share` of `colour` over `ground`. */
export function mixed(colour: Colour, ground: Colour, share: number): string {
  const under = channels(palette[ground]);
  const parts = channels(palette[colour]).map((c, i) =>
    Math.round(c * share + (under[i] ?? 0) * (1 - share)),
  );
  return `rgb(${parts.join(" ")})`;
}
