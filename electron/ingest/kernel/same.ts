// Whether two stretches of memory hold the same bytes. Up to seven bytes behind either are read, none of them counts.

@inline
export function isSame(a: u32, b: u32, length: u32): bool {
  let i: u32 = 0;
  for (; i + 16 <= length; i += 16)
    if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false;
  for (; i + 8 <= length; i += 8) if (load<u64>(a + i) !== load<u64>(b + i)) return false;
  const rest = (length - i) << 3;
  return rest === 0 || (load<u64>(a + i) ^ load<u64>(b + i)) << (64 - rest) === 0;
}
