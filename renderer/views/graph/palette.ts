// Colours of the pictures, read from the tokens once a theme.

import { token } from "../../model/appearance.ts";

export type Palette = ReturnType<typeof readPalette>;

export function readPalette() {
  return {
    surface: token("--surface"),
    sunken: token("--surface-sunken"),
    line: token("--line-strong"),
    hairline: token("--line"),
    text: token("--text"),
    text2: token("--text-2"),
    text3: token("--text-3"),
    allowed: token("--allowed"),
    denied: token("--denied"),
    accent: token("--accent"),
    accentLine: token("--accent-line"),
    accentSoft: token("--accent-soft"),
    compromised: token("--compromised"),
    suspected: token("--suspected"),
    cleared: token("--cleared"),
    note: token("--note"),
    noteSoft: token("--note-soft"),
    encOn: token("--enc-on"),
    encOff: token("--enc-off"),
    encWhy: token("--enc-why"),
    encDrop: token("--enc-drop"),
    new: token("--new"),
    gone: token("--gone"),
    both: token("--both"),
    seq0: token("--seq-0"),
    seq1: token("--seq-1"),
    seq2: token("--seq-2"),
    seq3: token("--seq-3"),
    seq4: token("--seq-4"),
    seq5: token("--seq-5"),
    seq6: token("--seq-6"),
    gapBg: token("--gap-bg"),
    font: token("--font-ui"),
    mono: token("--font-mono"),
  };
}

/** The ramp of amounts, for a share of 0 to 1. */
export function rampOf(share: number): keyof Palette {
  return RAMP[Math.max(0, Math.min(RAMP.length - 1, Math.floor(share * RAMP.length)))] ?? "seq6";
}

const RAMP = ["seq0", "seq1", "seq2", "seq3", "seq4", "seq5", "seq6"] as const;
