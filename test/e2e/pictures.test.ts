// The window looks as in the pictures of docs/: taken again and compared, pixel by pixel, in the version of Chromium that took them.
// In any other they are not compared, and said to be skipped.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { expect, test } from "vitest";
import { pictures, readyFor } from "../support/pictures.ts";
import { browserVersion, openPage, sampleCase } from "./app.ts";

const kept = join(import.meta.dirname, "..", "..", "docs", "pictures");
const madeBy = readFileSync(join(kept, "browser.txt"), "utf8").trim();

/** Of 255, in any of red, green and blue: two renderings of one thing differ by less. */
const SEEN = 32;
/** Share of the pixels that may differ. */
const MOST = 0.001;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

test.for(pictures.filter(({ name }) => !["start", "hosts"].includes(name)))("$name", async (picture, { skip }) => {
  const here = `Chromium ${browserVersion()}`;
  skip(
    here !== madeBy,
    `not compared: the pictures are of ${madeBy}, this is ${here}; npm run pictures takes them anew`,
  );
  const page = await openPage(sampleCase(), picture.fragment, { theme: picture.theme });
  const shown = await readyFor(picture, page);
  const before = readFileSync(join(kept, `${picture.name}.png`)).toString("base64");
  await expect
    .poll(
      async () => {
        const now = (await shown.screenshot()).toString("base64");
        return await differing(page, before, now, await ofThisMachine(page));
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBeLessThanOrEqual(MOST);
});

/** Where the page shows a path. */
async function ofThisMachine(page: Page): Promise<readonly Box[]> {
  const shown: readonly Locator[] = await page.getByText(/tidemark-(e2e|test|pictures)-/).all();
  const boxes = await Promise.all(shown.map((each) => each.boundingBox()));
  return boxes.flatMap((box) => box ?? []);
}

/** Share of the pixels that differ, in 0 to 1, those in `ignored` not looked at; 1 where the sizes do. */
async function differing(page: Page, before: string, now: string, ignored: readonly Box[]): Promise<number> {
  const blank = await page.context().newPage();
  const share = await blank.evaluate(
    async ({ images, boxes, seen }) => {
      const [a, b] = await Promise.all(
        images.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
          pen.drawImage(bitmap, 0, 0);
          for (const { x, y, width, height } of boxes) pen.clearRect(x, y, width, height);
          return pen.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      if (!a || !b || a.width !== b.width || a.height !== b.height) return 1;
      let count = 0;
      for (let i = 0; i < a.data.length; i += 4)
        if ([0, 1, 2].some((c) => Math.abs(a.data[i + c]! - b.data[i + c]!) > seen)) count++;
      return count / (a.width * a.height);
    },
    { images: [before, now], boxes: ignored, seen: SEEN },
  );
  await blank.close();
  return share;
}
