import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Report } from "../../../core/report/report.ts";
import { drawAtOnce } from "../../charts/use-turn.ts";
import { shownAt, type Shown } from "../../state/address.ts";
import { goodFold, measureFold, partFold, sideFold, type Folds, type Part } from "./folds.ts";

const parts: readonly Part[] = ["columns", "relationships", "map", "incidence", "methods"];
const courseParts: readonly Part[] = ["courses", "steps", "survival", "visits", "patient", "first"];

/** Every fold of a report. */
export function allFolds(report: Report): string[] {
  const families = [...new Set(report.metrics.map(({ info }) => info.family))];
  return [
    ...families.flatMap((family) => [sideFold(family), goodFold(family)]),
    ...report.metrics.map(({ info }) => measureFold(info.id)),
    ...(report.courses === undefined ? parts : [...courseParts, ...parts]).map(partFold),
  ];
}

/** The folds that an address asks for, the one it is about last. */
export function foldsAt({ measure, column }: Shown, report: Report): string[] {
  if (column !== undefined)
    return column < report.columns.length ? [partFold("columns"), `column-${column}`] : [];
  const row = report.metrics.find(({ info }) => info.id === measure);
  if (row === undefined) return [];
  const { family, id } = row.info;
  return [sideFold(family), goodFold(family), measureFold(id)];
}

/** Milliseconds in which what was asked for is drawn, be it behind a search that was just taken back. */
const DRAWN_WITHIN = 3000;

function focusOn(id: string): boolean {
  const target = document.getElementById(id);
  const heading = target?.querySelector<HTMLElement>(":scope > summary") ?? target;
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
  return heading !== null;
}

/** Focuses `id` as soon as it is drawn; returns what calls it off. */
function focusOnceDrawn(id: string): () => void {
  const started = performance.now();
  let frame = 0;
  const look = (): void => {
    if (focusOn(id) || performance.now() - started > DRAWN_WITHIN) return;
    frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}

/** The page's folds: opened by hand, by the address and all of them for paper. */
export function useFoldState(report: Report): Folds & { readonly all: boolean; toggleAll(): void } {
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(report.courses === undefined ? [] : [partFold("courses")]),
  );
  const wanted = useRef<string | undefined>(undefined);
  const every = useMemo(() => allFolds(report), [report]);
  const toggle = useCallback((id: string) => {
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const show = useCallback((...ids: readonly string[]) => {
    setOpen((now) => new Set([...now, ...ids]));
    wanted.current = ids.at(-1);
  }, []);
  // After what was asked for has been drawn.
  useEffect(() => {
    const id = wanted.current;
    wanted.current = undefined;
    return id === undefined ? undefined : focusOnceDrawn(id);
  }, [open]);
  useEffect(() => {
    const follow = (): void => {
      const shown = shownAt(location.hash);
      const ids = shown === undefined ? [] : foldsAt(shown, report);
      if (ids.length > 0) show(...ids);
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [report, show]);
  useEffect(() => {
    let before: ReadonlySet<string> | undefined;
    const unfold = (): void => {
      drawAtOnce(true);
      flushSync(() =>
        setOpen((now) => {
          before ??= now;
          return new Set(every);
        }),
      );
    };
    const fold = (): void => {
      drawAtOnce(false);
      if (before !== undefined) setOpen(before);
      before = undefined;
    };
    addEventListener("beforeprint", unfold);
    addEventListener("afterprint", fold);
    return () => {
      removeEventListener("beforeprint", unfold);
      removeEventListener("afterprint", fold);
    };
  }, [every]);
  const all = every.every((id) => open.has(id));
  const toggleAll = useCallback(() => setOpen(all ? new Set<string>() : new Set(every)), [all, every]);
  return { open, toggle, show, all, toggleAll };
}
