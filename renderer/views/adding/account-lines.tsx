// The account as sums that can be checked by eye: what was read is what was added, seen before or rejected.

import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { type Account, accountLines } from "../../../shared/account.ts";

export function AccountLines({ account }: { readonly account: Account }): ReactElement {
  return (
    <ul className="account-lines">
      {accountLines(account).map((line) => (
        <li key={line}>
          <Check size={12} /> {line}
        </li>
      ))}
    </ul>
  );
}
