// Play: one button, and a menu of how fast and whether it begins again.

import { Check, ChevronDown, Pause, Play } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, type ReactElement } from "react";
import { runCommand, useCommands } from "../../model/commands.ts";
import { duration } from "../../model/format.ts";
import { setPlay, usePlay } from "./play.ts";
import { type Speed, speeds } from "./played.ts";
import "../../widgets/menu.css";

export const PlayControl = memo(function PlayControl({ spanMs }: { readonly spanMs: number }): ReactElement {
  const { playing, speed, loop } = usePlay();
  const blocked = useCommands(({ byId }) => byId.get("scope.play")?.blocked() ?? null);
  const title = playing ? "Stop (Space)" : (blocked ?? `Play: the range moves ${pace(speed, spanMs)} (Space)`);
  return (
    <span className="play">
      <button
        type="button"
        className="icon-button"
        aria-label={playing ? "Stop" : "Play"}
        aria-pressed={playing}
        aria-disabled={blocked !== null && !playing}
        title={title}
        onClick={() => runCommand("scope.play")}
      >
        {playing ? <Pause size={14} /> : <Play size={14} />}
      </button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="icon-button narrow" aria-label="Speed and loop" title="Speed and loop">
          <ChevronDown size={12} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
            <DropdownMenu.RadioGroup
              value={String(speed)}
              onValueChange={(value) => setPlay({ speed: speeds.find((each) => String(each) === value) ?? 1 })}
            >
              {speeds.map((each) => (
                <DropdownMenu.RadioItem key={each} className="menu-item" value={String(each)}>
                  <Mark />
                  {each} × <span className="menu-note">{pace(each, spanMs)}</span>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.CheckboxItem
              className="menu-item"
              checked={loop}
              onCheckedChange={(checked) => setPlay({ loop: checked === true })}
            >
              <Mark />
              Loop <span className="menu-note">begins again at the end</span>
            </DropdownMenu.CheckboxItem>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </span>
  );
});

function Mark(): ReactElement {
  return (
    <span className="menu-mark">
      <DropdownMenu.ItemIndicator>
        <Check size={12} />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}

/** "6 h a second" */
function pace(speed: Speed, spanMs: number): string {
  return `${duration(speed * spanMs)} a second`;
}
