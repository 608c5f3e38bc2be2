// Why there are no rows, and one thing to do about it.

import type { ReactElement } from "react";
import type { Failure } from "../../../shared/failure.ts";
import { narrow } from "../../model/navigate.ts";
import type { TableName } from "../../model/view.ts";
import { Empty, WhyEmpty } from "../values/why-empty.tsx";

export function Emptiness(props: { readonly table: TableName; readonly failure: Failure | null }): ReactElement {
  if (props.failure)
    return (
      <Empty title="This could not be answered." text={props.failure.message}>
        <button type="button" className="button" onClick={() => narrow({ filter: "" })}>
          Clear the filter
        </button>
      </Empty>
    );
  if (props.table === "rejects")
    return <Empty title="No rejects." text="Every tuple and record of the evidence could be read." />;
  return <WhyEmpty />;
}
