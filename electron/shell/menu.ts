// The menu bar. What concerns the case sends a command's name to the page, which knows whether it can run (renderer/model/commands.ts).

import { app, type MenuItemConstructorOptions } from "electron";

type Item = MenuItemConstructorOptions;

/** What the menu needs of the windows. */
export type Commanded = {
  command(id: string): void;
  ask(path: string | null): void;
};

const separator: Item = { type: "separator" };

export function menuTemplate(windows: Commanded): Item[] {
  const command = (label: string, id: string, accelerator?: string): Item => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => windows.command(id),
  });
  const file: Item[] = [
    command("New case…", "case.new", "CmdOrCtrl+N"),
    command("Open case…", "case.open", "CmdOrCtrl+O"),
    command("Open the sample incident", "sample.open"),
    { label: "New window", click: () => windows.ask(null) },
    separator,
    command("Add evidence…", "source.add"),
    command("Save a copy…", "case.copy"),
    command("Export evidence in scope…", "evidence.export"),
    separator,
    command("Close case", "case.close"),
    { role: process.platform === "darwin" ? "close" : "quit" },
  ];
  const roles = (["undo", "redo", "cut", "copy", "paste", "delete", "selectAll"] as const).map((role) => ({ role }));
  const edit = [command("Undo the last edit of the case", "undo"), command("Redo it", "redo"), ...roles];
  const view: Item[] = [
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { role: "togglefullscreen" },
    separator,
    command("Theme of the system", "theme.system"),
    command("Light", "theme.light"),
    command("Dark", "theme.dark"),
    command("High contrast, light", "theme.hc-light"),
    command("High contrast, dark", "theme.hc-dark"),
    ...(app.isPackaged ? [] : [separator, { role: "reload" } as const, { role: "toggleDevTools" } as const]),
  ];
  const help: Item[] = [
    command("All commands", "palette"),
    command("Keyboard shortcuts", "help.keys"),
    separator,
    command("About Tidemark", "help.about"),
  ];
  return [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    { label: "File", submenu: file },
    { label: "Edit", submenu: edit },
    { label: "View", submenu: view },
    { role: "windowMenu" },
    { role: "help", submenu: help },
  ];
}
