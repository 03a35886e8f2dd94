import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Icon } from "../../parts/icon.tsx";

/** Follows the system until it is pressed. Transitions are kept: Mantine stops them by a style element, which the policy refuses. */
export function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const now = useComputedColorScheme("light");
  const next = now === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="btn quiet icon"
      aria-label={`Theme: switch to ${next}`}
      title={`Switch to the ${next} theme`}
      onClick={() => setColorScheme(next)}
    >
      <Icon name={next} />
    </button>
  );
}
