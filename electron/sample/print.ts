// Figures as the story prints them, the same on every machine: no locale has a say.

export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Decimal units, three figures. */
export function size(bytes: number): string {
  if (bytes === 0) return "0";
  const units = ["bytes", "kB", "MB", "GB"];
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 1000 && unit < 3) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 ? scaled : scaled.toFixed(scaled < 10 ? 2 : scaled < 100 ? 1 : 0)} ${units[unit]}`;
}

/** `Tue 10 Mar 08:12:44`: the format of toUTCString is fixed by the language. */
export function clock(time: number): string {
  const [weekday = "", day = "", month = "", , hour = ""] = new Date(time).toUTCString().replace(",", "").split(" ");
  return `${weekday} ${day} ${month} ${hour}`;
}
