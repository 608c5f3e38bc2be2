// An instant in the one form in which Azure writes the time of a record.

/** `2022-09-14T09:00:52.5625085Z`, exactly so, at from … to; −1 when it is anything else. */
export function usualInstant(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 28) return -1;
  for (let i = 0; i < 28; i++) {
    const c = bytes[from + i] as number;
    const mark = USUAL.charCodeAt(i);
    if (mark === 48 ? c < 48 || c > 57 : c !== mark) return -1;
  }
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  const hour = twoDigits(bytes, from + 11);
  const minute = twoDigits(bytes, from + 14);
  const second = twoDigits(bytes, from + 17);
  if (
    bytes[from] === 48 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > 31 ||
    (day > 28 && month === 2) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return -1;
  const ms = twoDigits(bytes, from + 20) * 10 + (bytes[from + 22] as number) - 48;
  const time = Date.UTC(
    twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2),
    month - 1,
    day,
    hour,
    minute,
    second,
    ms,
  );
  return time >= 0 ? time : -1;
}

const USUAL = "0000-00-00T00:00:00.0000000Z";

function twoDigits(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) * 10 + (bytes[at + 1] as number) - 528;
}
