// An instant in the one form in which Azure writes the time of a record: ../usual-instant.ts, which it is held equal to.

/** Days of a month in a year that is not a leap year. */
const DAYS: u32 = <u32>memory.data<u8>([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);

function isLeap(year: i32): bool {
  return (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970 to the first of the month, proleptic Gregorian; the year counted from March. */
function daysTo(year: i32, month: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

@inline
function isDigit(at: u32): bool {
  return u32(load<u8>(at)) - 48 <= 9;
}

@inline
function two(at: u32): i32 {
  return i32(load<u8>(at)) * 10 + i32(load<u8>(at, 1)) - 528;
}

/** `2022-09-14T09:00:52.5625085Z` → ms; −1 when it is anything else. */
export function instant(at: u32): f64 {
  for (let i: u32 = 0; i < 28; i++) {
    const c = load<u8>(at + i);
    let mark: u8 = 0;
    if (i === 4 || i === 7) mark = 45;
    else if (i === 10) mark = 84;
    else if (i === 13 || i === 16) mark = 58;
    else if (i === 19) mark = 46;
    else if (i === 27) mark = 90;
    if (mark === 0 ? !isDigit(at + i) : c !== mark) return -1;
  }
  const year = two(at) * 100 + two(at + 2);
  const month = two(at + 5);
  const day = two(at + 8);
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  if (year < 1970 || month < 1 || month > 12 || day < 1) return -1;
  if (day > i32(load<u8>(DAYS + month)) + i32(month === 2 && isLeap(year))) return -1;
  if (hour > 23 || minute > 59 || second > 59) return -1;
  const ms = two(at + 20) * 10 + i32(load<u8>(at + 22)) - 48;
  const seconds = (i64(daysTo(year, month) + day - 1) * 24 + hour) * 3600 + minute * 60 + second;
  return f64(seconds * 1000 + ms);
}
