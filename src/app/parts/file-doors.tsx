import { useEffect, useState } from "react";
import { openFiles } from "../state/choosing/choosing.ts";
import { openModel, openText } from "../state/files/opening.ts";
import { lab } from "../state/lab.ts";
import { isTyping } from "./is-typing.ts";
import { tableEndings } from "./table-endings.ts";

/** A view with places of its own for files takes what is dropped and pasted itself. */
const takesFiles = (): boolean => ["elsewhere", "language-models"].includes(lab.getState().view);

/** Every way a file comes in, on every view: the two file inputs, a drop anywhere, and a pasted table. */
export function FileDoors() {
  const over = useDrop();
  usePaste();
  return (
    <>
      <input
        id="open-file"
        className="vh"
        type="file"
        accept={`${tableEndings},.semblance`}
        multiple
        data-testid="open-file"
        aria-label="Open a table file"
        tabIndex={-1}
        onChange={(event) => take(event.currentTarget, (files) => void openFiles(files))}
      />
      <input
        id="open-model"
        className="vh"
        type="file"
        data-testid="open-model"
        aria-label="Open a model file"
        tabIndex={-1}
        onChange={(event) => take(event.currentTarget, ([file]) => file && openModel(file))}
      />
      {over && (
        <div className="over" aria-hidden="true">
          <b>Release to open</b>
        </div>
      )}
    </>
  );
}

/** Shows the browser's file chooser. */
export function browse(door: "open-file" | "open-model"): void {
  document.getElementById(door)?.click();
}

/** The chosen files; the input is emptied so that the same file can be chosen again. */
function take(input: HTMLInputElement, open: (files: readonly File[]) => void): void {
  const files = [...(input.files ?? [])];
  input.value = "";
  if (files.length > 0) open(files);
}

function useDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      setOver(!event.defaultPrevented && !takesFiles());
      event.preventDefault();
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!holdsFile(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (!takesFiles()) void openFiles([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", onOver, { signal });
    addEventListener("dragleave", onLeave, { signal });
    addEventListener("drop", onDrop, { signal });
    return () => stop.abort();
  }, []);
  return over;
}

/** Text with a line break is taken as a table; anything shorter was not meant for the page. */
function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || takesFiles()) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length > 0) void openFiles(files);
      else if (/\S[^]*[\r\n][^]*\S/u.test(text)) openText(text);
    };
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, []);
}
