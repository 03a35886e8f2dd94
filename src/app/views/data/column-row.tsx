import { memo } from "react";
import type { ColumnFlag, ColumnProfile } from "../../../core/table/profile.ts";
import type { Role } from "../../../core/table/table.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { revise } from "../../state/schema-changes.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Choice } from "./choice.tsx";
import { ColumnMenu } from "./cleaning/column-menu.tsx";
import { KindChoice } from "./cleaning/kind-choice.tsx";
import { StepPanel } from "./cleaning/step-panel.tsx";
import { ColumnDetail, COLUMNS } from "./column-detail.tsx";
import { isBinned, roleHelp, roles, roleWords } from "./words.ts";

interface ColumnRowProps {
  readonly column: ColumnProfile;
  readonly table: TableView;
  readonly expanded: boolean;
  readonly toggle: (name: string) => void;
  readonly ticked: boolean;
  readonly tick: (name: string, on: boolean) => void;
  /** a step is looked at below the row */
  readonly stepped: boolean;
}

const flagIcons: Readonly<Record<ColumnFlag["level"], { icon: IconName; words: string }>> = {
  stop: { icon: "stop", words: "Possible identifier" },
  check: { icon: "triangle", words: "Check values" },
  note: { icon: "note", words: "Note" },
};

/** Share of `part` in `all` as a percentage with one decimal and no sign. */
function percentOf(part: number, all: number): string {
  if (part === 0 || all === 0) return "0";
  const value = (100 * part) / all;
  return value < 0.05 ? "<0.1" : value.toFixed(1);
}

/** A name without its marks: "Sodium, first" says what "sodium_first" says. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");

/** Characters of an example that fit on one line. */
const SHORT = 11;

/** One column of the table: 35 px high, its kind and role changed in place. */
export const ColumnRow = memo(function ColumnRow(props: ColumnRowProps) {
  const { column, table, expanded, toggle, ticked, tick, stepped } = props;
  const { schema, missing, bars, range, example } = column;
  const { name, role, label, unit } = schema;
  const out = role === "omit" || role === "identifier";
  const own = label !== undefined && bare(label) === bare(name) ? undefined : label;
  const said = [own, unit].filter(Boolean).join(", ");
  return (
    <>
      <tr className={`${out ? "out" : ""}${ticked || stepped ? " on" : ""}`}>
        <td className="tk">
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={ticked}
            data-tick={name}
            onChange={(event) => tick(name, event.currentTarget.checked)}
            onKeyDown={(event) => extendByArrows(event, tick)}
          />
        </td>
        <th scope="row">
          <span className="nmf">
            <span className="nmw">
              <button
                type="button"
                className="name"
                aria-expanded={expanded}
                title={`${name}${said === "" ? "" : ` (${said})`}: ${schema.reason}`}
                onClick={() => toggle(name)}
              >
                {name}
              </button>
              {said !== "" && <span className="said">{said}</span>}
            </span>
            <FlagMark column={column} />
          </span>
        </th>
        <td>
          <KindChoice schema={schema} />
        </td>
        <td className="sp">
          {bars.length === 0 ? (
            <span className="q3 s">not shown</span>
          ) : (
            <Sparkline
              bars={bars}
              width={84}
              height={24}
              joined={isBinned(schema.kind)}
              label={`Distribution of ${name}`}
            />
          )}
        </td>
        <td className="q m eg" title={example}>
          <span className={example.length > SHORT ? "long" : undefined}>{example}</span>
        </td>
        <td className="q s13 rg" title={range}>
          <span>{range}</span>
        </td>
        <ShareCell part={unread(column)} all={table.rows} strong />
        <ShareCell part={missing} all={table.rows} />
        <td className="rl">
          <Choice
            label={`Role of ${name}`}
            title={roleHelp[role]}
            value={role}
            plain={role === "feature"}
            strong={role === "target"}
            options={roles.map((r) => ({ value: r, label: roleWords[r] }))}
            choose={(chosen: Role) => revise({ type: "role", column: name, role: chosen })}
          />
        </td>
        <td className="fl">
          <ColumnMenu column={column} />
        </td>
      </tr>
      {stepped && (
        <tr className="stepped">
          <td colSpan={COLUMNS}>
            <div className="stepped-in">
              <StepPanel table={table} />
            </div>
          </td>
        </tr>
      )}
      {expanded && <ColumnDetail column={column} table={table} />}
    </>
  );
});

/** Cells that do not fit the kind and were read as missing. */
const unread = ({ schema: { findings } }: ColumnProfile): number =>
  (findings?.stray?.cells ?? 0) + (findings?.beyond ?? 0);

interface ShareCellProps {
  readonly part: number;
  readonly all: number;
  /** it asks for attention where there is any */
  readonly strong?: boolean;
}

function ShareCell({ part, all, strong = false }: ShareCellProps) {
  const share = all === 0 ? 0 : part / all;
  return (
    <td className="r mis">
      {part > 0 && <i style={{ width: Math.min(24, Math.max(1, 100 * share)) }} />}
      <span className={part === 0 ? "q3" : strong ? "hi" : ""}>{percentOf(part, all)}</span>
    </td>
  );
}

/** Shift with the arrows ticks the next column too; the arrows alone go there. */
function extendByArrows(
  event: React.KeyboardEvent<HTMLInputElement>,
  tick: (name: string, on: boolean) => void,
): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const boxes = [
    ...(event.currentTarget.closest("tbody")?.querySelectorAll<HTMLElement>("[data-tick]") ?? []),
  ];
  const next = by === 0 ? undefined : boxes[boxes.indexOf(event.currentTarget) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (!event.shiftKey) return;
  for (const box of [event.currentTarget, next]) tick(box.dataset["tick"] ?? "", true);
}

/** The gravest flag of the column; leads to its words beside the table. */
function FlagMark({ column }: { column: ColumnProfile }) {
  const gravest = (["stop", "check", "note"] as const)
    .map((level) => column.flags.find((flag) => flag.level === level))
    .find((flag) => flag !== undefined);
  if (gravest === undefined) return null;
  const { icon, words } = flagIcons[gravest.level];
  const { name } = column.schema;
  return (
    <button
      type="button"
      className={`mark ${gravest.level}`}
      title={`${words}: ${gravest.text}`}
      aria-label={`${words}: ${name}`}
      onClick={() => {
        const target = ["named", "flag", "suggested"]
          .map((place) => document.getElementById(`${place}-${name}`))
          .find((found) => found !== null);
        target?.scrollIntoView({ block: "nearest" });
        target?.focus();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
