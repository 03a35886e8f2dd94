import type { Constraint } from "../../../../core/rules/constraint.ts";
import type { ColumnSchema } from "../../../../core/table/table.ts";
import { Icon } from "../../../parts/icon.tsx";
import { isNumber } from "./rule-kinds.tsx";
import styles from "./rules.module.css";

interface FormProps<C extends Constraint = Constraint> {
  readonly rule: C;
  /** those a rule can be about */
  readonly columns: readonly ColumnSchema[];
  readonly change: (rule: Constraint) => void;
}

type Of<K extends Constraint["kind"]> = Extract<Constraint, { kind: K }>;

/** The rule as fields, where its kind is made of columns and numbers; the text says the others. */
export function RuleForm({ rule, columns, change }: FormProps) {
  switch (rule.kind) {
    case "order":
      return <OrderForm rule={rule} columns={columns} change={change} />;
    case "range":
      return <RangeForm rule={rule} columns={columns} change={change} />;
    case "multiple":
      return <MultipleForm rule={rule} columns={columns} change={change} />;
    case "follows":
      return (
        <div className={styles.form}>
          <ColumnLine
            label="Column"
            value={rule.column}
            columns={columns}
            choose={(column) => change({ ...rule, column })}
          />
          <ColumnLine
            label="follows from"
            value={rule.from}
            columns={columns}
            choose={(from) => change({ ...rule, from })}
          />
        </div>
      );
    case "combinations":
    case "missing-together":
    case "one-hot":
      return <ColumnsForm rule={rule} columns={columns} change={change} />;
    case "same-within-patient":
    case "nothing-after":
      return (
        <div className={styles.form}>
          <ColumnLine
            label="Column"
            value={rule.column}
            columns={columns}
            choose={(column) => change({ ...rule, column })}
          />
        </div>
      );
    default:
      return null;
  }
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.line}>
      <span className="q">{label}</span>
      {children}
    </div>
  );
}

interface ColumnChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly columns: readonly ColumnSchema[];
  readonly choose: (name: string) => void;
}

function ColumnChoice({ label, value, columns, choose }: ColumnChoiceProps) {
  const known = columns.some(({ name }) => name === value);
  return (
    <span className={styles.select}>
      <select
        className="sel"
        aria-label={label}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {!known && <option value={value}>{value}</option>}
        {columns.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}

/** A column of a rule, with its words before it. */
function ColumnLine(props: ColumnChoiceProps) {
  return (
    <Line label={props.label}>
      <ColumnChoice {...props} />
    </Line>
  );
}

/** A column that is not among `used`; the first where all are. */
const another = (columns: readonly ColumnSchema[], used: readonly string[]): string =>
  columns.find(({ name }) => !used.includes(name))?.name ?? columns[0]?.name ?? "";

function OrderForm({ rule, columns, change }: FormProps<Of<"order">>) {
  const { columns: names, strict } = rule;
  const fitting = columns.filter(
    ({ kind }) => kind === "integer" || kind === "decimal" || kind === "datetime",
  );
  const withName = (at: number, name: string): Constraint => ({ ...rule, columns: names.with(at, name) });
  return (
    <div className={styles.form}>
      {names.map((name, i) => (
        <Line key={i} label={i === 0 ? "First" : i === names.length - 1 ? "last" : "then"}>
          <span className={styles.pair} data-first={i === 0 || undefined}>
            {i > 0 && (
              <span className={styles.select}>
                <select
                  className="sel"
                  aria-label={`Between ${names[i - 1]} and ${name}`}
                  value={strict[i - 1] === true ? "<" : "<="}
                  onChange={(event) =>
                    change({ ...rule, strict: strict.with(i - 1, event.currentTarget.value === "<") })
                  }
                >
                  <option value="<=">≤</option>
                  <option value="<">&lt;</option>
                </select>
                <Icon name="down" />
              </span>
            )}
            <ColumnChoice
              label={i === 0 ? "First column" : `Column ${i + 1}`}
              value={name}
              columns={fitting}
              choose={(chosen) => change(withName(i, chosen))}
            />
          </span>
        </Line>
      ))}
      <MoreOrFewer
        most={names.length < fitting.length}
        least={names.length > 2}
        more={() =>
          change({ ...rule, columns: [...names, another(fitting, names)], strict: [...strict, false] })
        }
        fewer={() => change({ ...rule, columns: names.slice(0, -1), strict: strict.slice(0, -1) })}
      />
    </div>
  );
}

interface MoreOrFewerProps {
  readonly most: boolean;
  readonly least: boolean;
  readonly more: () => void;
  readonly fewer: () => void;
}

function MoreOrFewer({ most, least, more, fewer }: MoreOrFewerProps) {
  return (
    <div className={styles.links}>
      {most && (
        <button type="button" className="link s13" onClick={more}>
          One more column
        </button>
      )}
      {least && (
        <button type="button" className="link s13" onClick={fewer}>
          Without the last
        </button>
      )}
    </div>
  );
}

function ColumnsForm({
  rule,
  columns,
  change,
}: FormProps<Of<"combinations" | "missing-together" | "one-hot">>) {
  const names = rule.columns;
  return (
    <div className={styles.form}>
      {names.map((name, i) => (
        <Line key={i} label={i === 0 ? "Columns" : "and"}>
          <ColumnChoice
            label={`Column ${i + 1}`}
            value={name}
            columns={columns}
            choose={(chosen) => change({ ...rule, columns: names.with(i, chosen) })}
          />
        </Line>
      ))}
      <MoreOrFewer
        most={names.length < columns.length}
        least={names.length > 2}
        more={() => change({ ...rule, columns: [...names, another(columns, names)] })}
        fewer={() => change({ ...rule, columns: names.slice(0, -1) })}
      />
    </div>
  );
}

/** Bounds of dates are written in the text, as the column writes its dates. */
function RangeForm({ rule, columns, change }: FormProps<Of<"range">>) {
  const { column, low, high } = rule;
  const numbers = columns.filter(isNumber);
  const own = columns.find(({ name }) => name === column);
  const bounded = own === undefined || isNumber(own);
  const set = (bounds: { low?: number | undefined; high?: number | undefined }): void =>
    change({
      kind: "range",
      column,
      ...(bounds.low !== undefined && { low: bounds.low }),
      ...(bounds.high !== undefined && { high: bounds.high }),
    });
  return (
    <div className={styles.form}>
      <Line label="Column">
        <ColumnChoice
          label="Column"
          value={column}
          columns={bounded ? numbers : columns}
          choose={(chosen) => change({ ...rule, column: chosen })}
        />
      </Line>
      {bounded && (
        <Line label="from">
          <span className={styles.bounds}>
            <Bound label="from" value={low} set={(value) => set({ low: value, high })} />
            <span className="q">to</span>
            <Bound label="to" value={high} set={(value) => set({ low, high: value })} />
          </span>
        </Line>
      )}
    </div>
  );
}

function MultipleForm({ rule, columns, change }: FormProps<Of<"multiple">>) {
  return (
    <div className={styles.form}>
      <Line label="Column">
        <ColumnChoice
          label="Column"
          value={rule.column}
          columns={columns.filter(isNumber)}
          choose={(column) => change({ ...rule, column })}
        />
      </Line>
      <Line label="multiple of">
        <Bound
          label="multiple of"
          value={rule.of}
          set={(of) => of !== undefined && of > 0 && change({ ...rule, of })}
        />
      </Line>
    </div>
  );
}

interface BoundProps {
  readonly label: string;
  readonly value: number | undefined;
  /** told of numbers, and of none where the field is empty */
  readonly set: (value: number | undefined) => void;
}

function Bound({ label, value, set }: BoundProps) {
  return (
    <input
      className="inp number"
      type="number"
      step="any"
      aria-label={label}
      defaultValue={value ?? ""}
      onChange={(event) => {
        const { value: text, valueAsNumber } = event.currentTarget;
        if (text === "") set(undefined);
        else if (Number.isFinite(valueAsNumber)) set(valueAsNumber);
      }}
    />
  );
}
