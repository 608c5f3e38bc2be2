// The windows there are. A case that is asked for comes to the window that has it, else to one without a case, else to a new one.

import type { BrowserWindow } from "electron";
import { type AskedPane, freeName, isPaneName, paneAsked } from "../host/asked-pane.ts";
import type { Desk } from "../host/desk.ts";
import type { Session } from "../host/session.ts";
import { COMMAND_CHANNEL, PANE_CHANNEL } from "./channels.ts";
import type { Commanded } from "./menu.ts";
import { PAGE } from "./protocol.ts";
import { createWindow } from "./window-options.ts";
import { isOwnPage, serveWindow } from "./wire.ts";

/** `ask(null)`: a window, whatever it shows. */
export type Windows = Commanded;

type One = {
  readonly name: string;
  readonly window: BrowserWindow;
  readonly session: () => Session | null;
  /** For its page, once it is there. */
  asked: string | null;
};

export function newWindows(desk: Desk, preload: string): Windows {
  const all = new Set<One>();

  function open(pane: AskedPane | null): One {
    const name = pane?.name ?? freeName([...all].map((one) => one.name));
    const window = createWindow(name, preload);
    const session = serveWindow(window, desk, (opened) => {
      if (one.asked !== null) opened.announce("case.asked", { path: one.asked });
      one.asked = null;
    });
    const one: One = { name, window, session, asked: null };
    all.add(one);
    window.once("closed", () => all.delete(one));
    window.webContents.ipc.on(PANE_CHANNEL, ({ senderFrame }, address: unknown) => {
      const asked = isOwnPage(senderFrame) ? paneAsked(address) : null;
      if (asked) show([...all].find((other) => other.name === asked.name) ?? open(asked));
    });
    void window.loadURL(`${PAGE}${pane?.address ?? ""}`);
    return one;
  }

  function show({ window }: One): void {
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  return {
    command(id) {
      const one = [...all].find(({ window }) => window.isFocused()) ?? [...all].at(-1) ?? open(null);
      one.window.webContents.send(COMMAND_CHANNEL, id);
    },
    ask(path) {
      if (path === null) return show(open(null));
      const caseOf = (one: One): string | null => one.asked ?? one.session()?.caseOpen() ?? null;
      const whole = [...all].filter((one) => !isPaneName(one.name));
      const having = whole.find((one) => caseOf(one) === path);
      if (having) return show(having);
      const one = whole.find((each) => caseOf(each) === null) ?? open(null);
      const session = one.session();
      if (session === null) one.asked = path;
      else session.announce("case.asked", { path });
      show(one);
    },
  };
}
