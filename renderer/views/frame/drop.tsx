// The whole window takes what is dropped on it; while something hangs over it, it says what will happen.

import { type ReactElement, useEffect, useState } from "react";
import { useSession } from "../../model/session.ts";
import { entriesOf, takeDrop } from "../../model/uploads.ts";
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
  return (
    <div className="drop-over">
      <p>
        <b>
          {open === null ? "Begin a case with this evidence, or open this case" : `Add this evidence to ${open.name}`}
        </b>
        The originals are only read.
      </p>
    </div>
  );
}
