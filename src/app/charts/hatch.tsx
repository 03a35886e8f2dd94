/** 45° lines in the synthetic colour; a fill for `url(#id)`. */
export function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill="var(--surface)" />
      <path d="M0 0V5" stroke="var(--syn)" strokeWidth="1.4" />
    </pattern>
  );
}
