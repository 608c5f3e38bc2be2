// The program's icons from renderer/icon.svg into build/icons: PNG of each size for Linux, and the two containers of PNGs that Windows
// and macOS take. Run by hand when the picture changes: `node build/icons.mjs [chromium]`.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const svg = readFileSync(here("../renderer/icon.svg"), "utf8");
const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024];

const browser = await chromium.launch({
  executablePath: process.argv[2] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
const pngs = new Map();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  pngs.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();

for (const size of SIZES.filter((each) => each <= 512))
  writeFileSync(here(`icons/${size}x${size}.png`), pngs.get(size));
writeFileSync(here("icons/icon.ico"), ico([16, 32, 48, 64, 128, 256]));
writeFileSync(here("icons/icon.icns"), icns({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64 }));

/** Directory of 16 bytes an image, then the images; a size of 256 is written as 0. */
function ico(sizes) {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  sizes.forEach((size, i) => {
    const at = 6 + 16 * i;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(pngs.get(size).length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += pngs.get(size).length;
  });
  return Buffer.concat([head, ...sizes.map((size) => pngs.get(size))]);
}

/** "icns", length of all; then for each image its type, length and bytes. */
function icns(types) {
  const parts = Object.entries(types).map(([type, size]) => {
    const head = Buffer.alloc(8);
    head.write(type, "latin1");
    head.writeUInt32BE(8 + pngs.get(size).length, 4);
    return Buffer.concat([head, pngs.get(size)]);
  });
  const head = Buffer.alloc(8);
  head.write("icns", "latin1");
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
