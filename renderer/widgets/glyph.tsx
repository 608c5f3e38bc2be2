// The domain's own glyphs on a grid of 12: shape first, colour second. Each works without its colour.

import type { ReactElement } from "react";

const body = { x: 2.2, y: 5.4, width: 7.6, height: 5.4, rx: 1 };
const openShackle = "M3.9 5.2V3.4a2.1 2.1 0 0 1 4-.8";

const shapes = {
  allowed: <circle cx="6" cy="6" r="3.4" fill="var(--allowed)" />,
  denied: (
    <g fill="none" stroke="var(--denied)" strokeWidth="1.5">
      <circle cx="6" cy="6" r="3.9" />
      <path d="M3.4 8.6 8.6 3.4" />
    </g>
  ),
  mixed: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="var(--denied)" strokeWidth="1.4" />
      <circle cx="6" cy="6" r="2.3" fill="var(--allowed)" />
    </>
  ),
  encrypted: (
    <>
      <rect {...body} fill="var(--enc-on)" />
      <path d="M3.9 5.4V3.8a2.1 2.1 0 0 1 4.2 0v1.6" fill="none" stroke="var(--enc-on)" strokeWidth="1.3" />
    </>
  ),
  unencrypted: (
    <g fill="none" stroke="var(--enc-off)" strokeWidth="1.2">
      <rect {...body} />
      <path d={openShackle} />
    </g>
  ),
  "unencrypted-for-a-reason": (
    <g fill="none" stroke="var(--enc-why)" strokeWidth="1.3">
      <rect {...body} />
      <path d={openShackle} />
      <circle cx="6" cy="8.1" r="1.3" fill="var(--enc-why)" stroke="none" />
    </g>
  ),
  "encryption-drop": (
    <g fill="none" stroke="var(--enc-drop)" strokeWidth="1.2">
      <rect {...body} />
      <path d="M3.9 5.2V3.8a2.1 2.1 0 0 1 4.2 0v1.4" />
      <path d="M1.2 11 10.8 1.4" stroke="var(--surface)" strokeWidth="3" />
      <path d="M1.2 11 10.8 1.4" strokeWidth="1.5" />
    </g>
  ),
  compromised: <path d="M6 .7 11.3 6 6 11.3.7 6z" fill="var(--compromised)" />,
  suspected: (
    <>
      <path d="M6 1.5 10.5 6 6 10.5 1.5 6z" fill="none" stroke="var(--suspected)" strokeWidth="1.4" />
      <path d="M6 1.5v9L1.5 6z" fill="var(--suspected)" />
    </>
  ),
  cleared: <path d="m2 6.4 2.8 2.8L10.2 3" fill="none" stroke="var(--cleared)" strokeWidth="1.9" />,
  note: (
    <g stroke="var(--note)" strokeWidth="1.2">
      <path d="M2 2h8v5.2L7.2 10H2z" fill="var(--note-soft)" />
      <path d="M7.2 10V7.2H10" fill="none" />
    </g>
  ),
  nic: <rect x="2.4" y="2.4" width="7.2" height="7.2" rx="1.2" fill="var(--text-2)" />,
  address: <circle cx="6" cy="6" r="3.4" fill="var(--surface)" stroke="var(--text-2)" strokeWidth="1.3" />,
  others: (
    <rect
      x="1.2"
      y="3.2"
      width="9.6"
      height="5.6"
      rx="2.8"
      fill="none"
      stroke="var(--text-3)"
      strokeWidth="1.2"
      strokeDasharray="2 1.6"
    />
  ),
  "both-sides": (
    <path
      d="M2 4.4h6.4M6.4 2.2 8.8 4.4 6.4 6.6M10 7.8H3.6M5.6 5.8 3.2 7.8l2.4 2.2"
      fill="none"
      stroke="var(--text-3)"
      strokeWidth="1.1"
    />
  ),
  gap: (
    <>
      <rect x="1" y="1" width="10" height="10" fill="var(--gap-bg)" stroke="var(--gap-ink)" strokeWidth=".8" />
      <path d="M1 6 6 1M1 11 11 1M6 11l5-5" stroke="var(--gap-ink)" />
    </>
  ),
} as const;

export type GlyphName = keyof typeof shapes;

/** `label` is read aloud; without one the glyph is decoration beside its word. */
export function Glyph({
  name,
  size = 12,
  label,
}: {
  readonly name: GlyphName;
  readonly size?: number;
  readonly label?: string;
}): ReactElement {
  return label ? (
    <svg className="glyph" width={size} height={size} viewBox="0 0 12 12" role="img" aria-label={label}>
      <title>{label}</title>
      {shapes[name]}
    </svg>
  ) : (
    <svg className="glyph" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
