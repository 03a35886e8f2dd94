import { memo } from "react";
import type { ColumnFlag, ColumnProfile } from "../../../core/table/profile.ts";
import type { Kind, Role } from "../../../core/table/table.ts";
import { revise } from "../../state/schema-changes.ts";
import { count } from "../../../core/words/numbers.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Choice } from "./choice.tsx";
import { ColumnDetail } from "./column-detail.tsx";
import { isBinned, kindName, kinds, roleHelp, roles, roleWords } from "./words.ts";

interface ColumnRowProps {
  readonly column: ColumnProfile;
  /** rows of the table */
  readonly rows: number;
  readonly expanded: boolean;
  readonly toggle: (name: string) => void;
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

/** One column of the table: 35 px high, its type and role changed in place. */
export const ColumnRow = memo(function ColumnRow({ column, rows, expanded, toggle }: ColumnRowProps) {
  const { schema, missing, distinct, bars, range, example } = column;
  const { name, role } = schema;
  const out = role === "omit" || role === "identifier";
  const share = rows === 0 ? 0 : missing / rows;
  return (
    <>
      <tr className={out ? "out" : ""}>
        <th scope="row">
          <button
            type="button"
            className="name"
            aria-expanded={expanded}
            title={`${name}: ${schema.reason}`}
            onClick={() => toggle(name)}
          >
            {name}
          </button>
        </th>
        <td>
          <Choice
            label={`Type of ${name}`}
            title={schema.reason}
            value={schema.kind}
            plain
            options={kinds.map((kind) => ({ value: kind, label: kindName(schema, kind) }))}
            choose={(kind: Kind) => revise({ type: "kind", column: name, kind })}
          />
        </td>
        <td className="sp">
          {bars.length === 0 ? (
            <span className="q3 s">not shown</span>
          ) : (
            <Sparkline
              bars={bars}
              width={132}
              height={24}
              joined={isBinned(schema.kind)}
              label={`Distribution of ${name}`}
            />
          )}
        </td>
        <td className="q s13 rg" title={range}>
          <span>{range}</span>
        </td>
        <td className="r mis">
          {missing > 0 && <i style={{ width: Math.min(30, Math.max(1, 140 * share)) }} />}
          <span className={missing === 0 ? "q3" : ""}>{percentOf(missing, rows)}</span>
        </td>
        <td className="r q s13">{count(distinct)}</td>
        <td className="q m eg" title={example}>
          {example}
        </td>
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
          <FlagMark column={column} />
        </td>
      </tr>
      {expanded && <ColumnDetail column={column} rows={rows} />}
    </>
  );
});

/** The gravest flag of the column; leads to its words beside the table. */
function FlagMark({ column }: { column: ColumnProfile }) {
  const gravest = (["stop", "check", "note"] as const)
    .map((level) => column.flags.find((flag) => flag.level === level))
    .find((flag) => flag !== undefined);
  if (gravest === undefined) return null;
  const { icon, words } = flagIcons[gravest.level];
  const id = `flag-${column.schema.name}`;
  return (
    <button
      type="button"
      className={`mark ${gravest.level}`}
      title={`${words}: ${gravest.text}`}
      aria-label={`${words}: ${column.schema.name}`}
      onClick={() => {
        const target = document.getElementById(id);
        target?.scrollIntoView({ block: "nearest" });
        target?.focus();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
