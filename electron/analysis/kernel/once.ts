// Marks of what is left out of once (docs/settling.md 4), where ../leave-out.ts has said until when each flow is.

import {
  AT_HAND,
  ENTRY,
  FLOW_AT,
  FLOW_COVER,
  FLOW_FLAGS,
  KEY,
  LEFT_OUT,
  MARKS,
  ROW_AT,
  STAYS_OUT,
  TIME_MASK,
} from "./memory";

export function markLeftOut(day: f64, entries: u32): void {
  for (let p: u32 = 0; p < entries; p++) {
    const row = load<u32>(ENTRY + (p << 2));
    if (row >= AT_HAND) continue;
    const flow = load<u32>(FLOW_AT + (p << 2));
    const time = day + f64(i64((load<u64>(KEY + (p << 3)) & TIME_MASK) - 1));
    const staysOut = (load<u8>(FLOW_FLAGS + flow) & STAYS_OUT) != 0;
    if (!staysOut && time > load<f64>(FLOW_COVER + (flow << 3))) continue;
    const at = MARKS + load<u32>(ROW_AT + (row << 2));
    store<u8>(at, load<u8>(at) | LEFT_OUT);
  }
}
