import type { Locator, Page } from "playwright";
export type WalkStep = {
  /** What to do, as a heading. */
  readonly act: string;
  readonly on: (page: Page) => Locator;
  /** What can be seen then, and what it means. */
  readonly means: string;
  /** Texts that stand on the screen after it. */
  readonly sees: readonly string[];
};
/** After "Open the sample incident", which is the first of the twelve. */
export declare const walk: readonly WalkStep[];
/** The page of docs/ that the walk makes. */
export declare function walkPage(pictureOf: (step: number) => string): string;
