// The name of a country by its code (ISO 3166-1 alpha-2), from the browser's own list.

const names = new Intl.DisplayNames(["en"], { type: "region" });

export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // no code of a country: shown as it is
  }
}
