import type { ColumnSchema, Kind, Measure } from "../../../../core/table/table.ts";
import type { SchemaChange } from "../../../../core/table/profile.ts";
import { reviseAll } from "../../../state/schema-changes.ts";
import { Choice } from "../choice.tsx";
import { kindName, kinds, measureName, measuresFor } from "../words.ts";

type Option = Kind | `measure ${Measure}`;

/** What a column is read as: a kind, or what it measures beyond that. */
export function KindChoice({ schema }: { schema: ColumnSchema }) {
  const { name, kind, measure, reason } = schema;
  const options: { value: Option; label: string }[] = [
    ...kinds.map((value) => ({ value, label: kindName(schema, value) })),
    ...measuresFor(schema).map((of) => ({
      value: `measure ${of}` as const,
      label: measureName(schema, of),
    })),
  ];
  return (
    <Choice
      label={`Kind of ${name}`}
      title={reason}
      value={measure === undefined ? kind : `measure ${measure}`}
      plain
      options={options}
      choose={(chosen) => reviseAll(changesFor(schema, chosen))}
    />
  );
}

function changesFor({ name: column, kind, measure }: ColumnSchema, chosen: Option): SchemaChange[] {
  const wanted = measuresFor({ kind, ...(measure && { measure }) } as ColumnSchema).find(
    (of) => `measure ${of}` === chosen,
  );
  if (wanted !== undefined) return [{ type: "measure", column, measure: wanted }];
  const changes: SchemaChange[] = measure === undefined ? [] : [{ type: "measure", column, measure: null }];
  const other = kinds.find((one) => one === chosen);
  if (other !== undefined && other !== kind) changes.push({ type: "kind", column, kind: other });
  return changes;
}
