import { useId, useRef } from "react";
import type { ColumnProfile } from "../../../../core/table/profile.ts";
import { makeStep } from "../../../state/cleaning/cleaning.ts";
import type { StepKind } from "../../../state/cleaning/cleaning-state.ts";
import { Icon } from "../../../parts/icon.tsx";
import { moveByArrows, placeMenu } from "../../../parts/menu.ts";
import { stepNames } from "./step-words.ts";
import styles from "./cleaning.module.css";

/** What can be done by hand with the cells of a column. */
function stepsFor({ schema: { kind }, levels }: ColumnProfile): readonly StepKind[] {
  const written = kind !== "datetime" && kind !== "boolean" && kind !== "constant";
  const numbers = kind === "integer" || kind === "decimal";
  const texts = kind === "text" || kind === "category" || kind === "identifier";
  return [
    ...(levels !== undefined && levels.length > 1 ? (["merge"] as const) : []),
    "replace",
    ...(texts ? (["strip-unit", "strip-marks", "one-notation"] as const) : []),
    ...(written ? (["split"] as const) : []),
    "combine",
    ...(numbers || texts ? (["limit"] as const) : []),
    "coarsen",
    "rename",
  ];
}

/** The menu of a column; the browser closes it by Escape or a press beside it. */
export function ColumnMenu({ column }: { column: ColumnProfile }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { name } = column.schema;
  return (
    <>
      <button
        type="button"
        className={styles.menuButton}
        aria-label={`Change cells of ${name}`}
        title={`Change cells of ${name}`}
        aria-haspopup="menu"
        popoverTarget={id}
        onClick={(event) => placeMenu(list.current, event.currentTarget)}
      >
        <Icon name="pen" />
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={`Change cells of ${name}`}
        className={styles.menu}
        onToggle={(event) => {
          if (event.newState === "open") event.currentTarget.querySelector("button")?.focus();
        }}
      >
        {stepsFor(column).map((kind) => (
          <button
            key={kind}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onKeyDown={moveByArrows}
            onClick={(event) => {
              event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
              makeStep({ column: name, kind });
            }}
          >
            {stepNames[kind]}
          </button>
        ))}
      </div>
    </>
  );
}
