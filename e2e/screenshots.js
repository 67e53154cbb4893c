// Makes the pictures of the README from the demonstration: npm run shots.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { enter, startBrowser, startVouch } from "./harness.js";

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "docs", "images");

/** Name, address, width, theme. */
const PICTURES = [
  ["today", "/", 1100, "light"],
  ["program", "/programs/4203521221", 900, "light"],
  ["write", "draft", 1100, "dark"],
  ["phone", "/", 360, "light"],
];

await mkdir(folder, { recursive: true });
const vouch = await startVouch(["demo", "--no-browser"]);
const browser = await startBrowser();
const page = await enter(browser, vouch);
for (const [name, where, width, colorScheme] of PICTURES) {
  await page.setViewportSize({ width, height: 720 });
  await page.emulateMedia({ colorScheme });
  if (where === "draft") {
    await page.goto(`${vouch.origin}/write`);
    const draft = await page.locator("main a[href^='/write/']:not([href='/write/reply'])").first().getAttribute("href");
    await page.goto(vouch.origin + draft);
  } else {
    await page.goto(vouch.origin + where);
  }
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
await browser.end();
await vouch.stop();
