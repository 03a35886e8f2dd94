import type { Table } from "../table/table.ts";
import { coursesOf, timeColumn } from "./courses.ts";

/** What `table` lacks to be patients over time, a sentence for FaultError `no-courses`; undefined where it lacks nothing. */
export function whyNoCourses(table: Table): string | undefined {
  const { columns } = table.schema;
  const id = columns.find(({ role }) => role === "identifier")?.name;
  const time = timeColumn(table.schema);
  const named = time === undefined ? undefined : columns[time]?.name;
  if (id === undefined && table.patients === undefined)
    return "No column says whose visit a row is, so each row is learned as a patient of its own.";
  if (table.patients === undefined)
    return `Every patient has one row${id === undefined ? "" : ` by “${id}”`}, so there is nothing that goes on over time.`;
  if (named === undefined) return "No column says when a visit was.";
  const courses = coursesOf(table);
  if (courses === undefined) return `“${named}” does not say when a visit was.`;
  if (courses.starts.length === 2) return "All rows are of one patient; courses are learned from several.";
  return undefined;
}
