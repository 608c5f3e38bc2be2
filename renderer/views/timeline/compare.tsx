// Comparing with an earlier range: a menu that chooses it, and a line that says which it is, whether all of it was logged, and how the
// figures differ. Both figures of each difference are answers; only their difference is worked out here.

import { Check, ChevronDown, X } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, type ReactElement, useMemo, useState } from "react";
import type { Nic, Totals } from "../../../shared/contract.ts";
import { useAnswer } from "../../model/answer.ts";
import {
  type Compared,
  changeWords,
  comparedBy,
  differenceOf,
  followings,
  followingTitles,
  scopeCompared,
} from "../../model/compared.ts";
import { countedAs } from "../../model/counting.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";
import { navigate, shownView, useShown } from "../../model/navigate.ts";
import { type Range, rangeOf } from "../../model/range.ts";
import { printTime, typedRange } from "../filter-bar/typed-range.ts";
import { coverage, isNoLog } from "./coverage.ts";
import "../../widgets/menu.css";

export const CompareMenu = memo(function CompareMenu({ whole }: { readonly whole: Range }): ReactElement {
  const compare = useShown(({ view }) => view.compare);
  const value = compare === null ? "none" : (compare.by ?? "typed");
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="label choice" title="An earlier range, drawn behind the bars">
        {compare === null ? "Compare" : "vs"} {compare === null ? null : <b>{wordsFor(compare)}</b>}{" "}
        <ChevronDown size={11} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          <DropdownMenu.RadioGroup value={value} onValueChange={(next) => compareBy(next, whole)}>
            <Choice value="none" title="None" note="" />
            <Choice value="before" title="The window before" note="as long, right before" />
            <Choice value="day" title="The day before" note="same hours" />
            <Choice value="week" title="The week before" note="same weekday and hours" />
            <Choice value="typed" title="A range that is typed" note="stays where it is" />
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
});

function Choice(props: { readonly value: string; readonly title: string; readonly note: string }): ReactElement {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={props.value}>
      <span className="menu-mark">
        <DropdownMenu.ItemIndicator>
          <Check size={12} />
        </DropdownMenu.ItemIndicator>
      </span>
      {props.title}
      <span className="menu-note">{props.note}</span>
    </DropdownMenu.RadioItem>
  );
}

function wordsFor({ by }: Compared): string {
  return by ? followingTitles[by].replace("the ", "") : "typed range";
}

/** `how`: one of the followings, "typed" or "none". */
export function compareBy(how: string, whole: Range): void {
  const { scope, compare } = shownView();
  const by = followings.find((each) => each === how);
  const shown = rangeOf(scope, whole);
  if (by) return navigate({ compare: comparedBy(by, shown) });
  if (how === "none") return navigate({ compare: null });
  const { from, to } = compare ?? comparedBy("before", shown);
  navigate({ compare: { from, to } });
}

export function CompareLine(props: {
  readonly compare: Compared;
  readonly whole: Range;
  readonly nics: readonly Nic[];
}): ReactElement {
  const { compare, whole, nics } = props;
  const scope = useShown(({ view }) => view.scope);
  const now = useAnswer("scope.totals", { scope });
  const before = useAnswer("scope.totals", { scope: scopeCompared(scope, compare) });
  const logged = useMemo(() => loggedWords(compare, whole, nics), [compare, whole, nics]);
  return (
    <section className="compare-line" aria-label="Comparison">
      <span className="ghost" aria-hidden="true" />
      <span className="dim">{compare.by ? followingTitles[compare.by] : "compared with"}</span>
      <RangeInput compare={compare} whole={whole} />
      {logged === null ? null : <span className="warn">{logged}</span>}
      <span className={`differences grow ${now.pending || before.pending ? "pending" : ""}`}>
        {now.value && before.value ? (
          <Differences now={now.value} before={before.value} counted={countedAs(scope)} />
        ) : (
          (before.failure ?? now.failure)?.message.split("\n", 1)[0]
        )}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label="End the comparison"
        title="End the comparison"
        onClick={() => navigate({ compare: null })}
      >
        <X size={13} />
      </button>
    </section>
  );
}

function Differences(props: { readonly now: Totals; readonly before: Totals; readonly counted: string }): ReactElement {
  const { now, before, counted } = props;
  const sum = ({ bytesSent, bytesReceived }: Totals): number => bytesSent + bytesReceived;
  const figures = [
    { title: "allowed", a: now.allowed, b: before.allowed, print: count, exact: count },
    { title: "denied", a: now.denied, b: before.denied, print: count, exact: count },
    { title: "bytes", a: sum(now), b: sum(before), print: bytes, exact: exactBytes },
    { title: "conversations", a: now.conversations, b: before.conversations, print: count, exact: count },
    { title: "endpoints", a: now.endpoints, b: before.endpoints, print: count, exact: count },
  ];
  return (
    <>
      {figures.map(({ title, a, b, print, exact }) => (
        <span key={title} title={`${title}, ${counted}: ${exact(a)} now, ${exact(b)} then`}>
          {title} <b>{print(a)}</b> <span className="dim then">then {print(b)}</span> {changeWords(differenceOf(a, b))}
        </span>
      ))}
    </>
  );
}

function RangeInput({ compare, whole }: { readonly compare: Compared; readonly whole: Range }): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const words = rangeText(compare);
  const apply = (text: string): void => {
    if (text.trim() === "" || text === words) return setTyped(null);
    const wanted = typedRange(text, "from", compare, whole);
    if ("fault" in wanted) return setFault(wanted.fault);
    navigate({ compare: wanted });
    setTyped(null);
  };
  return (
    <input
      className="mono"
      aria-label="Range that is compared, UTC"
      aria-invalid={fault !== null}
      title={fault ?? "UTC. Type another: a to b, last 2h, 2026-03-04 02:00 to +90m"}
      spellCheck={false}
      autoComplete="off"
      style={{ width: `calc(${words.length + 1}ch + 10px)` }}
      value={typed ?? words}
      onChange={({ target }) => {
        setTyped(target.value);
        setFault(null);
      }}
      onBlur={({ target }) => apply(target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply(event.currentTarget.value);
        if (event.key !== "Escape") return;
        setTyped(null);
        setFault(null);
      }}
    />
  );
}

const DAY = 86_400_000;

/** As it can be typed, no longer than it must be: "2026-03-10 00:00 to 06:00". */
function rangeText({ from, to }: Range): string {
  const short = (time: number): string => printTime(time).replace(/:00$/, "");
  const isOneDay = Math.floor(from / DAY) === Math.floor(to / DAY);
  return `${short(from)} to ${isOneDay ? short(to).slice(11) : short(to)}`;
}

/** Null where all of it was logged. */
function loggedWords(compare: Range, whole: Range, nics: readonly Nic[]): string | null {
  if (compare.to <= whole.from) return "before the evidence";
  if (compare.from >= whole.to) return "after the evidence";
  const stretches = coverage(nics, compare);
  if (stretches.length > 0 && stretches.every(isNoLog)) return "not logged";
  if (compare.from < whole.from || compare.to > whole.to) return "partly beside the evidence";
  return stretches.some(({ of, missing }) => of === 0 || missing > 0) ? "partly not logged" : null;
}
