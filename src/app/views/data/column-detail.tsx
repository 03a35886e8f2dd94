import type { ColumnProfile } from "../../../core/table/profile.ts";
import type { ValueLabel } from "../../../core/table/table.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { count, percent, plural } from "../../../core/words/numbers.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { revise } from "../../state/schema-changes.ts";
import { Choice } from "./choice.tsx";
import { LevelOrder } from "./cleaning/level-order.tsx";
import { QuantityOf } from "./quantity-choice.tsx";
import {
  isBinned,
  readAs,
  outsiderHelp,
  outsiderWords,
  rareLevelsHelp,
  rareLevelsWords,
  roleHelp,
  roleWords,
  survivalHelp,
  survivalWords,
} from "./words.ts";

/** Columns of the table on the page. */
export const COLUMNS = 10;

/** Most levels of an event; one of them counts. */
const MOST_STATES = 6;

/** As wide as drawn, or as the narrow screen is. */
const pictureWidth = (): number => Math.min(400, window.innerWidth - 34);

/** The expanded row: a larger picture, and why the column is read as it is. */
export function ColumnDetail({ column, table }: { column: ColumnProfile; table: TableView }) {
  const { rows } = table;
  const { schema, bars, missing, distinct, range, flags } = column;
  const facts: [string, string][] = [
    ...(schema.label === undefined ? [] : [["Label", schema.label] as [string, string]]),
    ["Kind", `${readAs(schema)}. ${schema.reason}`],
    ...(schema.unit === undefined ? [] : [["Unit", schema.unit] as [string, string]]),
    ["Role", `${roleWords[schema.role]}. ${roleHelp[schema.role]}`],
    ["Values", `${range === "" ? "" : `${range}; `}${plural(distinct, "distinct value")}`],
    [
      "Missing",
      missing === 0
        ? "None"
        : `${count(missing)} of ${plural(rows, "row")} (${percent(missing / Math.max(1, rows))}), written ${schema.missingToken === "" ? "as an empty cell" : `“${schema.missingToken}”`}`,
    ],
  ];
  if (schema.number !== undefined) {
    const { decimals, decimalMark, thousandsMark } = schema.number;
    const written = `${plural(decimals, "decimal")}, “${decimalMark}” as decimal mark${thousandsMark === "" ? "" : `, “${thousandsMark}” between thousands`}`;
    facts.push(["Written", decimals === 0 ? "without decimals" : written]);
  }
  const { limits = [], valueLabels = [], fresh } = schema;
  if (limits.length > 0) facts.push(["Limits", limits.map(({ text }) => text).join(", ")]);
  if (valueLabels.length > 0) facts.push(["Codes", codesInWords(valueLabels)]);
  if (fresh !== undefined) facts.push(["Instead", `Fresh ids of the form ${fresh}`]);
  if (schema.date !== undefined) facts.push(["Written", schema.date.pattern]);
  for (const flag of flags) facts.push([flag.level === "note" ? "Note" : "Check", flag.text]);
  return (
    <tr className="detail">
      <td colSpan={COLUMNS}>
        <div className="detail-in">
          {bars.length > 0 ? (
            <figure>
              <Sparkline
                bars={bars}
                width={pictureWidth()}
                height={104}
                joined={isBinned(schema.kind)}
                label={`Distribution of ${schema.name}`}
              />
              <figcaption>{range}</figcaption>
            </figure>
          ) : (
            <p className="q3 s13">Values are not shown: they could name a patient.</p>
          )}
          <dl>
            {facts.map(([term, fact], i) => (
              <div key={`${i} ${term}`}>
                <dt>{term}</dt>
                <dd>{fact}</dd>
              </div>
            ))}
            <QuantityOf column={column} table={table} />
            <LevelOrder key={schema.name} column={column} />
            <RareLevelsChoice column={column} />
            <SurvivalChoice column={column} />
            <OutsiderChoice column={column} />
          </dl>
        </div>
      </td>
    </tr>
  );
}

const CODES = 12;

/** "1 = male, 2 = female". */
const codesInWords = (labels: readonly ValueLabel[]): string =>
  labels
    .slice(0, CODES)
    .map(({ code, label }) => `${code} = ${label}`)
    .join(", ") + (labels.length > CODES ? ` and ${count(labels.length - CODES)} more` : "");

/** Numbers can be a follow-up time, columns of few levels an event. */
function SurvivalChoice({ column: { schema, distinct } }: { column: ColumnProfile }) {
  const { name, kind, role, survival = "none" } = schema;
  const part = kind === "integer" || kind === "decimal" ? "time" : "event";
  const fits = part === "time" || ((kind === "category" || kind === "boolean") && distinct <= MOST_STATES);
  if (!fits || role === "omit" || role === "identifier") return null;
  return (
    <div>
      <dt>Survival</dt>
      <dd>
        <Choice
          label={`Survival: ${name}`}
          title={survivalHelp}
          value={survival}
          options={(["none", part] as const).map((value) => ({ value, label: survivalWords[value] }))}
          choose={(chosen) => revise({ type: "survival", column: name, survival: chosen })}
        />
      </dd>
    </div>
  );
}

/** What becomes of the cells whose level too few patients share; only where a learned column has such cells. */
function RareLevelsChoice({ column }: { column: ColumnProfile }) {
  const { schema, withheld } = column;
  if (withheld === 0 || schema.role === "omit" || schema.role === "identifier") return null;
  const { name, rareLevels = "empty" } = schema;
  return (
    <div>
      <dt>Rare levels</dt>
      <dd>
        {plural(withheld, "cell")} with a level that fewer than 5 patients share
        <br />
        <Choice
          label={`Rare levels of ${name}`}
          title={rareLevelsHelp}
          value={rareLevels}
          options={(["empty", "common"] as const).map((value) => ({ value, label: rareLevelsWords[value] }))}
          choose={(chosen) => revise({ type: "rare-levels", column: name, rareLevels: chosen })}
        />
      </dd>
    </div>
  );
}

/** What somebody who has the synthetic table may know of a patient, and seek; only of a learned column. */
function OutsiderChoice({ column: { schema } }: { column: ColumnProfile }) {
  const { name, role, outsider } = schema;
  if (role === "omit" || role === "identifier") return null;
  return (
    <div>
      <dt>Outsiders</dt>
      <dd>
        <Choice
          label={`What an outsider has to do with ${name}`}
          title={outsiderHelp}
          value={outsider ?? "by-itself"}
          options={(["by-itself", "knows", "seeks", "neither"] as const).map((value) => ({
            value,
            label: outsiderWords[value],
          }))}
          choose={(chosen) =>
            revise({ type: "outsider", column: name, outsider: chosen === "by-itself" ? null : chosen })
          }
        />
      </dd>
    </div>
  );
}
