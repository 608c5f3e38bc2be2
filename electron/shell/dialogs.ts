// The system's dialogs for each purpose of a path. They begin in the folder used last.

import { join } from "node:path";
import { type BrowserWindow, dialog } from "electron";
import type { Purpose } from "../../shared/contract.ts";
import { lastFolder, rememberFolderOf } from "../host/last-folder.ts";
import type { Pick } from "../host/session.ts";

const CASES = [{ name: "Tidemark cases", extensions: ["tidemark"] }];
const EVIDENCE = [
  { name: "Flow logs", extensions: ["json", "gz", "zip", "tar", "tgz"] },
  { name: "All files", extensions: ["*"] },
];

const titles: Readonly<Record<Purpose, string>> = {
  "open-case": "Open a case",
  "new-case": "New case",
  evidence: "Add evidence",
  copy: "Save a copy of the case",
  export: "Export evidence into a new folder",
  save: "Save as a file",
};

type Choice = "openFile" | "openDirectory" | "multiSelections";

/** Of one window. Nothing where it was cancelled. */
export function dialogsOf(window: BrowserWindow): Pick {
  return async ({ purpose, name }) => {
    const paths = await chosen(window, purpose, name);
    if (paths[0] !== undefined) rememberFolderOf(paths[0]);
    return paths;
  };
}

async function chosen(window: BrowserWindow, purpose: Purpose, name: string): Promise<readonly string[]> {
  const options = { title: titles[purpose], defaultPath: join(lastFolder() ?? "", name) };
  if (purpose === "open-case" || purpose === "evidence") {
    const choices: Choice[] | null = purpose === "evidence" ? await filesOrFolders(window) : ["openFile"];
    if (choices === null) return [];
    const filters = choices.includes("openDirectory") ? [] : purpose === "evidence" ? EVIDENCE : CASES;
    return (await dialog.showOpenDialog(window, { ...options, filters, properties: choices })).filePaths;
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    ...options,
    filters: purpose === "export" || purpose === "save" ? [] : CASES,
    properties: ["createDirectory", "showOverwriteConfirmation"],
  });
  if (canceled || filePath === "") return [];
  return [
    purpose === "export" || purpose === "save" || /\.tidemark$/i.test(filePath) ? filePath : `${filePath}.tidemark`,
  ];
}

/** One dialog takes both on macOS only. Null where it was cancelled. */
async function filesOrFolders(window: BrowserWindow): Promise<Choice[] | null> {
  if (process.platform === "darwin") return ["openFile", "openDirectory", "multiSelections"];
  const { response } = await dialog.showMessageBox(window, {
    message: "What do you want to add?",
    buttons: ["Folder", "Files", "Cancel"],
    cancelId: 2,
    noLink: true,
  });
  if (response === 2) return null;
  return [response === 0 ? "openDirectory" : "openFile", "multiSelections"];
}
