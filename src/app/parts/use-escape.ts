import { useWindowEvent } from "@mantine/hooks";

/** Escape closes what is open wherever the focus is: a popover that has just opened does not hold it yet. */
export function useEscape(open: boolean, close: () => void): void {
  useWindowEvent("keydown", (event) => {
    if (open && event.key === "Escape") close();
  });
}
