const paths = {
  alone: "M1.8 8a6.2 6.2 0 1012.4 0A6.2 6.2 0 001.8 8zM8 11V5.4M5.6 7.6L8 5.2l2.4 2.4M3.4 12.6l9.2-9.2",
  down: "M4 6.5l4 4 4-4",
  right: "M6.5 4l4 4-4 4",
  light:
    "M8 5a3 3 0 100 6 3 3 0 000-6zM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M13 3l-1.2 1.2M4.2 11.8L3 13",
  dark: "M13.6 9.6A6 6 0 016.4 2.4a6 6 0 107.200 7.200z",
  help: "M8 1.4a6.6 6.6 0 100 13.2A6.6 6.6 0 008 1.4zM5.8 6.1a2.2 2.2 0 114 1.2c-.7.8-1.8 1-1.8 2.3m0 2v.2",
  close: "M4 4l8 8m0-8l-8 8",
  check: "M3.5 8.5l3 3 6-7",
  file: "M4 1.8h5L12.5 5.3v8.9H4zM8.8 2v3.6h3.5",
  plus: "M8 3v10M3 8h10",
  find: "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.4 10.4L14 14",
  stop: "M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 5v3.6m0 2.2v.2",
  triangle: "M8 2.2L14.6 13.6H1.4zM8 6.4v3.4m0 1.7v.2",
  note: "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM8 7.3v3.6M8 5v.2",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.2l7.500 4.800L5 12.800z",
  undo: "M6 3.200L2.800 6.400 6 9.600M3 6.400h6.400a3.700 3.700 0 010 7.400H6.500",
  redo: "M10 3.200l3.200 3.200L10 9.600M13 6.400H6.600a3.700 3.700 0 000 7.400h2.900",
  bin: "M3 4.500h10M6.500 4.500V2.800h3v1.700M4.500 4.500l.6 8.700h5.800l.6-8.700",
  pen: "M3 13l.6-2.800 7-7a1 1 0 011.400 0l.8.8a1 1 0 010 1.400l-7 7z",
  download: "M8 2.500v8m-3.400-3.200L8 10.700l3.400-3.400M2.500 13.500h11",
  image: "M2 3h12v10H2zM2 11l3.600-3.600L9 10.800l1.800-1.800L14 12",
  document: "M4 1.800h8v12.400H4zM6.200 5h3.600M6.200 7.600h3.600M6.200 10.200h2",
  table: "M2 3h12v10H2zM2 6.400h12M2 9.700h12M6.500 3v10",
  copy: "M5.500 5.500h8v8h-8zM5.500 10.500h-3v-8h8v3",
  share: "M8 9.500V1.800M5 4.600l3-3 3 3M4.500 7H3v7.200h10V7h-1.500",
  up: "M8 10.700v-8M4.600 5.900L8 2.500l3.400 3.400M2.500 13.500h11",
} as const;

export type IconName = keyof typeof paths;

/** A 16 px line icon; the word for it stands beside it or in the control's label. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg className={`ic ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** Solid is real, outline is synthetic. */
export function BrandMark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <path
        fill="var(--ink)"
        d="M4 8.500h2.500V17a.5.5 0 00.5.5h8.500V20a2 2 0 01-2 2H4a2 2 0 01-2-2v-9.500a2 2 0 012-2z"
      />
      <rect x="9" y="3" width="12" height="12" rx="2" fill="none" stroke="var(--accent)" strokeWidth="2" />
      <path fill="var(--ink)" d="M11 8.500h4.500V13H11z" />
    </svg>
  );
}
