// A modal dialog of the browser's own: Escape closes it, focus stays in it and returns.

import { X } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import "./modal.css";

export function Modal(props: {
  readonly title: string;
  readonly wide?: boolean;
  readonly bare?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; a click beside it does too
    <dialog
      ref={dialog}
      className={`modal${props.wide ? " wide" : ""}`}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => event.target === dialog.current && props.onClose()}
    >
      {props.bare ? null : (
        <header>
          <h2>{props.title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={props.onClose}>
            <X size={14} />
          </button>
        </header>
      )}
      {props.children}
    </dialog>
  );
}
