// What floats above every page: the dialog that stands open, the chooser of paths, what is being dropped, toasts.

import type { ReactElement } from "react";
import { useDialog } from "../../model/dialogs.ts";
import { PathChooser } from "../../widgets/chooser.tsx";
import { MemberDialog } from "../tables/member-dialog.tsx";
import { RejectDialog } from "../tables/reject-dialog.tsx";
import { TourCard } from "../tour/tour-card.tsx";
import { CopyDialog, ExportDialog } from "./dialogs.tsx";
import { DropTarget } from "./drop.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { Palette } from "./palette.tsx";
import { ReceivingCard } from "./receiving.tsx";
import { Toasts } from "./toasts.tsx";
import { VerifyDialog } from "./verify-dialog.tsx";

const dialogs = {
  palette: Palette,
  keys: KeysDialog,
  copy: CopyDialog,
  export: ExportDialog,
  verify: VerifyDialog,
  member: MemberDialog,
  reject: RejectDialog,
  link: LinkDialog,
};

export function Floating(): ReactElement {
  const name = useDialog((dialog) => dialog.name);
  const Dialog = name === null ? null : dialogs[name];
  return (
    <>
      {Dialog ? <Dialog /> : null}
      <PathChooser />
      <DropTarget />
      <ReceivingCard />
      <TourCard />
      <Toasts />
    </>
  );
}
