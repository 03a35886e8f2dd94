import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Ten steps around the accent; 7 is the light theme's accent and 4 the dark one's. */
const accent: MantineColorsTuple = [
  "#e4f1f0",
  "#c9e5e2",
  "#a3d6d1",
  "#7bd6cc",
  "#4fc0b4",
  "#2fa39a",
  "#17857f",
  "#0b6a66",
  "#084f4c",
  "#053633",
];

export const theme = createTheme({
  colors: { accent },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  defaultRadius: 6,
  autoContrast: true,
  focusRing: "auto",
  respectReducedMotion: true,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  cursorType: "pointer",
});
