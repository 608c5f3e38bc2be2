// What a window shows of its page outside the page: its case in the title, how far an ingest is in the taskbar.

import { basename } from "node:path";
import type { BrowserWindow } from "electron";
import type { Watcher } from "../host/watch-wire.ts";

export function shownBy(window: BrowserWindow, caseOpen: () => string | null): Watcher {
  let shown: string | null = null;
  return {
    adding(part) {
      if (!window.isDestroyed()) window.setProgressBar(part === null ? -1 : part === "unknown" ? 2 : part);
    },
    answered() {
      const path = caseOpen();
      if (path === shown || window.isDestroyed()) return;
      shown = path;
      window.setTitle(path === null ? "Tidemark" : `${basename(path).replace(/\.tidemark$/i, "")} – Tidemark`);
      window.setRepresentedFilename(path ?? "");
    },
  };
}
