import { chooseTheme, useChosenTheme } from "../../state/theme.ts";
import { Icon } from "../../parts/icon.tsx";
import { useMedia } from "../../parts/use-media.ts";

/** Follows the system until it is pressed. */
export function ThemeButton() {
  const system = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const next = (useChosenTheme() ?? system) === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="btn quiet icon"
      aria-label={`Theme: switch to ${next}`}
      title={`Switch to the ${next} theme`}
      onClick={() => chooseTheme(next)}
    >
      <Icon name={next} />
    </button>
  );
}
