// Why there are no rows, and one thing to do about it.

import type { ReactElement } from "react";
import type { Failure } from "../../../shared/failure.ts";
import { runCommand } from "../../model/commands.ts";
import { count, instant } from "../../model/format.ts";
import { narrow, useShown } from "../../model/navigate.ts";
import { useSession } from "../../model/session.ts";
import type { TableName } from "../../model/view.ts";

export function Emptiness(props: { readonly table: TableName; readonly failure: Failure | null }): ReactElement {
  const { scope } = useShown(({ view }) => view);
  const info = useSession((session) => session.info);
  if (props.failure)
    return (
      <Empty title="This could not be answered." text={props.failure.message}>
        <button type="button" className="button" onClick={() => narrow({ ...scope, filter: "" })}>
          Clear the filter
        </button>
      </Empty>
    );
  if (info === null) return <Empty title="Reading the case" text="" />;
  if (info.tuples === 0)
    return (
      <Empty title="There is no evidence in this case yet." text="Add a folder or an archive of flow logs.">
        <button type="button" className="button" onClick={() => runCommand("source.add")}>
          Add evidence
        </button>
      </Empty>
    );
  if (props.table === "rejects")
    return <Empty title="No rejects." text="Every tuple and record of the evidence could be read." />;
  const { firstTime, lastTime } = info;
  const outside =
    lastTime !== null && firstTime !== null && ((scope.from ?? 0) > lastTime || (scope.to ?? Infinity) <= firstTime);
  if (outside)
    return (
      <Empty
        title="The range lies outside the evidence."
        text={`The evidence reaches from ${instant(firstTime, "s")} to ${instant(lastTime, "s")} UTC.`}
      >
        <button
          type="button"
          className="button"
          onClick={() => narrow({ from: lastTime - 3_600_000 + 1, to: lastTime + 1 })}
        >
          Go to the last hour
        </button>
      </Empty>
    );
  if (scope.filter !== "")
    return (
      <Empty
        title={`The filter leaves none of ${count(info.conversations)} conversations in this range.`}
        text={scope.filter}
      >
        <button type="button" className="button" onClick={() => narrow({ filter: "" })}>
          Clear the filter
        </button>
      </Empty>
    );
  return (
    <Empty title="No tuple in this range." text="Where a NIC was not logged, this does not mean there was no traffic.">
      <button type="button" className="button" onClick={() => narrow({ from: null, to: null })}>
        Show the whole case
      </button>
    </Empty>
  );
}

function Empty(props: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactElement;
}): ReactElement {
  return (
    <div className="empty" role="status">
      <h3>{props.title}</h3>
      <p>{props.text}</p>
      <div className="actions">{props.children}</div>
    </div>
  );
}
