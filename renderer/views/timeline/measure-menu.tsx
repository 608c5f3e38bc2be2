// What the bars measure.

import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, type ReactElement } from "react";
import { barMeasures, measureSays, measureTitle } from "../../model/measure.ts";
import { navigate, useShown } from "../../model/navigate.ts";
import "../../widgets/menu.css";

export const MeasureMenu = memo(function MeasureMenu(): ReactElement {
  const measure = useShown(({ view }) => view.measure);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="label choice" title="What the upper bars and the series measure">
        <span className="word">Measure</span> <b>{measureTitle(measure)}</b> <ChevronDown size={11} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={measure}
            onValueChange={(value) => navigate({ measure: barMeasures.find((each) => each === value) ?? "bytes" })}
          >
            {barMeasures.map((each) => (
              <DropdownMenu.RadioItem key={each} className="menu-item" value={each}>
                <span className="menu-mark">
                  <DropdownMenu.ItemIndicator>
                    <Check size={12} />
                  </DropdownMenu.ItemIndicator>
                </span>
                {measureTitle(each)}
                <span className="menu-note">{measureSays(each)}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
});
