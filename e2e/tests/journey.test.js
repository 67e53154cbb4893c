// The main job by keyboard alone: from a student's export file to the right
// message today. No pointer is used anywhere in this file.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { enter, startBrowser, startVouch } from "../harness.js";
import { keyboard } from "../keyboard.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const EXAMPLE = path.join(here, "..", "..", "docs", "example", "Connections.csv");

let vault;
let vouch;
let browser;
let page;
let tabTo, type, enterKey, goTo, words;

before(async () => {
  vault = await mkdtemp(path.join(tmpdir(), "vouch-journey-"));
  vouch = await startVouch(["serve", "--no-browser", "--vault", path.join(vault, "new")]);
  browser = await startBrowser();
  page = await enter(browser, vouch);
  ({ tabTo, type, enterKey, goTo, words } = keyboard(page));
});

after(async () => {
  await browser?.end();
  assert.equal(await vouch?.stop(), 0);
  await rm(vault, { recursive: true, force: true });
});

test("an empty vault says how to begin, and who the student is stands in it", async () => {
  assert.match(await words(), /Start with the people you already know/);
  await tabTo("a[href='/set-up']");
  await enterKey();
  await tabTo("#name");
  await type("Solange Baptiste");
  await tabTo("#stage");
  await page.keyboard.type("MS3");
  await tabTo("#school");
  await type("SGU");
  await page.keyboard.press("Escape");
  await tabTo("main button[type=submit]", "Save");
  await enterKey();
  assert.match(await words(), /Today, Solange Baptiste/);
});

test("a file is previewed, with reasons, and taken over", async () => {
  await goTo("i");
  await tabTo("#file");
  // The dialog for files belongs to the system; this is what it hands over.
  await (await page.evaluateHandle(() => document.activeElement)).asElement().setInputFiles(EXAMPLE);
  await tabTo("button[type=submit]", "Read the file");
  await enterKey();
  const preview = await words();
  assert.match(preview, /5 people read/);
  assert.match(preview, /Hidden members\s+1/);
  assert.match(preview, /Line 9, Connected On/i);
  assert.match(preview, /Which place is it\?[\s\S]*Mount Sinai/);
  assert.match(preview, /Asha Rao[\s\S]*Maimonides Medical Center/);
  await tabTo("main button[type=submit]", "Import");
  await enterKey();
  assert.match(await words(), /5 people/);
  assert.match(await words(), /Import Connections.csv: 5 added, 0 updated/);
});

test("the same file again changes nothing", async () => {
  await goTo("i");
  await tabTo("#file");
  await (await page.evaluateHandle(() => document.activeElement)).asElement().setInputFiles(EXAMPLE);
  await tabTo("button[type=submit]", "Read the file");
  await enterKey();
  assert.match(await words(), /nothing would change/);
});

test("names can be typed instead, and are shown before they are kept", async () => {
  await goTo("i");
  await tabTo("#names");
  await type("Dr. Ravi Rao, DR attending, Henry Ford Hospital, met on rounds");
  await tabTo("button[type=submit]", "Show what was understood");
  await enterKey();
  assert.match(await words(), /Dr\. Ravi Rao[\s\S]*Henry Ford Hospital[\s\S]*DR attending[\s\S]*met on rounds/);
  await tabTo("main button[type=submit]", "Import");
  await enterKey();
  assert.match(await words(), /6 people/);
});

test("a program tells whom the student knows there, and goes on the list", async () => {
  await goTo("r");
  await tabTo("#q");
  await type("maimonides");
  await enterKey();
  await tabTo("tbody a", "Maimonides");
  await enterKey();
  assert.match(await words(), /Who do I know here[\s\S]*Dr\. Asha Rao/);
  assert.match(await words(), /J-1 visa\s+Not known/);
  await tabTo("main button[type=submit]", "Put on my list");
  await enterKey();
  assert.match(await words(), /Take off my list/);
});

test("a message is written, refused, mended, handed over and sent by the student", async () => {
  await tabTo("main a", "Write to Dr. Asha Rao");
  await enterKey();
  await tabTo("main a", "Write to a graduate of your school");
  await enterKey();
  await tabTo("#slot-how_found");
  await type("I found your name among our graduates on the alumni page.");
  await tabTo("main button[type=submit]", "Make the draft");
  await enterKey();
  assert.match(await words(), /placeholder-left/);
  assert.match(await page.locator("#text").inputValue(), /^Dear Dr\. Rao,/);

  await tabTo("main button", "Ready: hand it over");
  await enterKey();
  assert.match(await words(), /in the way/);

  await tabTo("#subject");
  await type("Your way to Maimonides");
  await tabTo("#text");
  await type(
    [
      "Dear Dr. Rao,",
      "",
      "I am Solange Baptiste, MS3 at St. George's University, where you graduated before me. I found your name among our graduates on the alumni page.",
      "",
      "Your connection to Maimonides Medical Center caught my eye, because I hope to rotate in Brooklyn next spring and know nobody there yet.",
      "",
      "Could we speak by phone for 15 minutes, so that I can hear how you chose your program?",
      "",
      "Thank you for reading this,",
      "Solange Baptiste",
    ].join("\n"),
  );
  // The live check answers while the student is still in the field.
  await page.locator("#findings .finding[data-level=good]").waitFor();
  await tabTo("main button", "Ready: hand it over");
  await enterKey();
  assert.match(await words(), /Ready to leave/);
  assert.match(await page.locator("main a", { hasText: "Open in the mail program" }).getAttribute("href"), /^mailto:/);
  const file = await page.request.get(new URL(await page.locator("main a", { hasText: ".eml" }).getAttribute("href"), page.url()).href);
  assert.match(await file.text(), /Subject: Your way to Maimonides/);

  await tabTo("main button", "I sent it");
  await enterKey();
  assert.match(await words(), /They answered/);
  assert.match(await words(), /sent/);
});

test("a line is logged after it was shown, and a name that fits two is asked", async () => {
  await goTo("t");
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("n");
  await page.keyboard.insertText("yesterday call with Dr. Rao @SIR26, she offered to introduce me");
  await enterKey();
  assert.match(await words(), /Who is “Dr\. Rao”\?[\s\S]*Asha Rao[\s\S]*Ravi Rao/);
  await tabTo("input[type=radio]");
  await page.keyboard.press("Space");
  await tabTo("main button[type=submit]", "Save");
  await enterKey();
  const person = await words();
  assert.match(person, /met/);
  assert.match(person, /she offered to introduce me/);
});

test("a change is undone from the note that tells of it, and from the history", async () => {
  await tabTo(".toast button", "Undo");
  await enterKey();
  assert.match(await words(), /Undo: Log call with/);
  await tabTo("main button", "Undo: Sent");
  await enterKey();
  assert.match(await words(), /Undo: Sent "Your way to Maimonides"/);
  await goTo("w");
  assert.match(await words(), /Your way to Maimonides\s+handed over/i);
});

test("nothing on the way broke the policy of the page", () => {
  // A refused form answers 422, which the browser tells.
  assert.deepEqual(page.complaints.filter((it) => !it.includes("422")), []);
});
