import type { ColumnProfile } from "../../../core/table/profile.ts";
import type { QuantityChoice } from "../../../core/table/table.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { revise } from "../../state/schema-changes.ts";
import { Choice } from "./choice.tsx";

type Measured = NonNullable<TableView["measured"]>[number];

/** Values of the list: none of the names of quantities is one of them. */
const BY_ITSELF = "by itself";
const NOTHING = "nothing";

/** Rules and ranges are told from what a column measures. */
const help =
  "Clinical rules and reference ranges go by what a column measures. A guess is used only once you confirm it.";

/** What a column of numbers measures, how sure that is, and a list to choose another from. */
export function QuantityOf({ column: { schema }, table }: { column: ColumnProfile; table: TableView }) {
  const { measured = [], quantities = [] } = table;
  if ((schema.kind !== "integer" && schema.kind !== "decimal") || quantities.length === 0) return null;
  const { name, quantity } = schema;
  const own = measured.find(({ column }) => column === name);
  const pairs = quantities.flatMap((one) => one.units.map((unit) => ({ of: one.name, unit })));
  const options = [
    { value: BY_ITSELF, label: "Chosen by name and values" },
    { value: NOTHING, label: "None of these" },
    ...pairs.map((pair) => ({ value: written(pair), label: written(pair) })),
  ];
  const choose = (value: string): void =>
    revise({
      type: "quantity",
      column: name,
      quantity:
        value === BY_ITSELF
          ? null
          : value === NOTHING
            ? { of: null }
            : (pairs.find((pair) => written(pair) === value) ?? null),
    });
  return (
    <div>
      <dt>Measures</dt>
      <dd>
        <span className="measured">
          <span>
            {own === undefined ? (quantity ? "Nothing known, you said so" : "Nothing known") : said(own)}
          </span>
          {own?.sure === "guess" && own.unit !== undefined && (
            <button
              type="button"
              className="btn sm"
              title={help}
              onClick={() => choose(written({ of: own.quantity, unit: own.unit ?? "" }))}
            >
              Confirm
            </button>
          )}
        </span>
        <Choice
          label={`What ${name} measures`}
          title={help}
          value={valueOf(quantity, own)}
          options={options}
          choose={choose}
        />
      </dd>
    </div>
  );
}

const written = ({ of, unit = "" }: { of: string; unit?: string }): string => `${of}, ${unit}`;

/** What the list shows as chosen. */
function valueOf(quantity: QuantityChoice | undefined, own: Measured | undefined): string {
  if (quantity === undefined) return BY_ITSELF;
  if (quantity.of === null) return NOTHING;
  return own === undefined ? BY_ITSELF : written({ of: own.quantity, unit: own.unit ?? "" });
}

/** "Potassium in mmol/L · likely, by its name and its median" */
function said({ quantity, unit, sure, why }: Measured): string {
  const what = unit === undefined ? `${quantity}, in no unit that is known` : `${quantity} in ${unit}`;
  return `${what} · ${sure}, ${sure === "certain" && why === "you said so" ? "as you said" : why}`;
}
