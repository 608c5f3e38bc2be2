// Light, dark, high contrast: the system's choice until the investigator chooses. Canvases read colours from the tokens by name.

import { create } from "zustand";

export const themes = ["system", "light", "dark", "hc-light", "hc-dark"] as const;
export type Theme = (typeof themes)[number];

const KEY = "tidemark.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(prefers-contrast: more)");

/** `colours` counts up whenever a canvas must read its colours again. */
export const useAppearance = create<{ readonly theme: Theme; readonly colours: number }>(() => ({
  theme: themes.find((each) => each === localStorage.getItem(KEY)) ?? "system",
  colours: 0,
}));

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  useAppearance.setState({ theme });
  apply();
}

export function followAppearance(): void {
  for (const query of [dark, contrast]) query.addEventListener("change", apply);
  apply();
}

function apply(): void {
  const { theme, colours } = useAppearance.getState();
  const system = `${contrast.matches ? "hc-" : ""}${dark.matches ? "dark" : "light"}`;
  document.documentElement.dataset.theme = theme === "system" ? system : theme;
  useAppearance.setState({ colours: colours + 1 });
}

/** The value of a token now, e.g. `token("--allowed")`. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
