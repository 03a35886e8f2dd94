import { useId, useState, type ComponentProps, type ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";

interface PopoverProps {
  /** The button that opens and closes it. */
  readonly button: Omit<ComponentProps<"button">, "type" | "popoverTarget"> & {
    readonly "data-key"?: string;
    readonly "data-testid"?: string;
  };
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A button of the header and what it opens below. The browser closes it by Escape or a press beside it, and gives the focus back. */
export function Popover({ button, label, className, children }: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" aria-expanded={open} popoverTarget={id} {...button} />
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={`pop ${className}`}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && children}
      </div>
    </>
  );
}

/** The head of what a popover shows; its button to close takes the focus. */
export function PopoverHead({ children }: { readonly children: ReactNode }) {
  return (
    <div className="row">
      <h2 className="grow">{children}</h2>
      <button
        ref={takeFocus}
        type="button"
        className="btn quiet icon"
        aria-label="Close"
        onClick={(event) => closePopover(event.currentTarget)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

const takeFocus = (element: HTMLElement | null): void => element?.focus();

/** Closes the popover that `element` stands in. */
export const closePopover = (element: Element): void =>
  element.closest<HTMLElement>("[popover]")?.hidePopover();
