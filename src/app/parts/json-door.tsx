import { useRef } from "react";

interface JsonDoorProps {
  /** what the link says */
  readonly words: string;
  /** what the chooser is for: “Open saved rules” */
  readonly label: string;
  readonly testId: string;
  readonly className: string;
  readonly take: (file: File) => void;
}

/** A link that lets a JSON file be chosen; the same one can be chosen again. */
export function JsonDoor({ words, label, testId, className, take }: JsonDoorProps) {
  const door = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => door.current?.click()}>
        {words}
      </button>
      <input
        ref={door}
        className="vh"
        type="file"
        accept=".json,application/json"
        aria-label={label}
        data-testid={testId}
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen !== undefined) take(chosen);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
