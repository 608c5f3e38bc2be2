// The whole window takes what is dropped on it; while something hangs over it, it says what will happen.

import { type ReactElement, useEffect, useState } from "react";
import { entriesOf } from "../../model/dropped.ts";
import { useSession } from "../../model/session.ts";
import { dropBlocked, takeDrop } from "../../model/uploads.ts";
import "./drop.css";

export function DropTarget(): ReactElement | null {
  const open = useSession((session) => session.open);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const isFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent): void => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      void takeDrop(entriesOf(event.dataTransfer), [...event.dataTransfer.files]);
    };
    window.addEventListener("dragover", drag);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", drag);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  if (!over) return null;
  const blocked = dropBlocked();
  return (
    <div className="drop-over">
      <p>
        <b>{blocked === null ? willDo(open?.name ?? null) : "Evidence cannot be added now"}</b>
        {blocked ?? "The originals are only read. A case that is dropped is opened where it lies."}
      </p>
    </div>
  );
}

function willDo(caseName: string | null): string {
  return caseName === null ? "Begin a case with this evidence, or open this case" : `Add this evidence to ${caseName}`;
}
