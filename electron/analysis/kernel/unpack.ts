// Columns of a segment's part, packed as planes of bytes (segment/integers.ts), unpacked.

let cursor: u32 = 0;
/** Of the column read last. */
let width: u32 = 0;
let planes: u32 = 0;

export function open(at: u32): void {
  cursor = at;
}

/** Steps over a column of `length` numbers; its width. */
export function column(length: u32): u32 {
  width = load<u8>(cursor);
  planes = cursor + 1;
  cursor = planes + width * length;
  return width;
}

/** Where the planes of the column read last lie. */
export function lastPlanes(): u32 {
  return planes;
}

/** The i-th number of a column of `length`. */
export function valueIn(planes: u32, width: u32, length: u32, i: u32): u64 {
  let value: u64 = 0;
  for (let plane: u32 = width; plane > 0; plane--)
    value = (value << 8) | u64(load<u8>(planes + (plane - 1) * length + i));
  return value;
}

/** A number of the column read last. */
export function valueAt(length: u32, i: u32): u64 {
  return valueIn(planes, width, length, i);
}

/** The next column as 32-bit numbers. */
export function words(to: u32, length: u32): void {
  const w = column(length);
  const p0 = planes;
  const p1 = p0 + length;
  const p2 = p1 + length;
  const p3 = p2 + length;
  if (w == 0) memory.fill(to, 0, length << 2);
  else if (w == 1) for (let i: u32 = 0; i < length; i++) store<u32>(to + (i << 2), load<u8>(p0 + i));
  else if (w == 2)
    for (let i: u32 = 0; i < length; i++)
      store<u32>(to + (i << 2), u32(load<u8>(p0 + i)) | (u32(load<u8>(p1 + i)) << 8));
  else if (w == 3)
    for (let i: u32 = 0; i < length; i++)
      store<u32>(
        to + (i << 2),
        u32(load<u8>(p0 + i)) | (u32(load<u8>(p1 + i)) << 8) | (u32(load<u8>(p2 + i)) << 16),
      );
  else
    for (let i: u32 = 0; i < length; i++)
      store<u32>(
        to + (i << 2),
        u32(load<u8>(p0 + i)) |
          (u32(load<u8>(p1 + i)) << 8) |
          (u32(load<u8>(p2 + i)) << 16) |
          (u32(load<u8>(p3 + i)) << 24),
      );
}

/** The next column as 64-bit numbers. */
export function wide(to: u32, length: u32): void {
  const w = load<u8>(cursor);
  if (w <= 4) {
    // Half as wide at first, at the far end, so that widening from the front never writes over what it has not read.
    const half = to + (length << 2);
    words(half, length);
    for (let i: u32 = 0; i < length; i++) store<u64>(to + (i << 3), load<u32>(half + (i << 2)));
    return;
  }
  column(length);
  for (let i: u32 = 0; i < length; i++) store<u64>(to + (i << 3), valueAt(length, i));
}

/** The next column as 16-bit numbers. */
export function shorts(to: u32, length: u32): void {
  const w = column(length);
  const high = planes + length;
  for (let i: u32 = 0; i < length; i++) {
    let value: u32 = w == 0 ? 0 : load<u8>(planes + i);
    if (w > 1) value |= u32(load<u8>(high + i)) << 8;
    store<u16>(to + (i << 1), value);
  }
}

/** The next column as bytes. */
export function bytes(to: u32, length: u32): void {
  const w = column(length);
  if (w == 0) memory.fill(to, 0, length);
  else memory.copy(to, planes, length);
}
