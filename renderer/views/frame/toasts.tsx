// Lines that say what was done and go by themselves, each with its undo.

import type { ReactElement } from "react";
import { dismissToast, useSession } from "../../model/session.ts";

export function Toasts(): ReactElement {
  const toasts = useSession((session) => session.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, action }) => (
        <div className="toast" key={id}>
          {text}
          {action ? (
            <button
              type="button"
              className="link"
              onClick={() => {
                dismissToast(id);
                action.run();
              }}
            >
              {action.title}
            </button>
          ) : null}
        </div>
      ))}
    </div>
  );
}
