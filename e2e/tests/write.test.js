// A message from the first word to the answer, by keyboard alone: written,
// mended by one key, a warning confirmed, handed over, sent, answered.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { axe, enter, overflow, startBrowser, startVouch } from "../harness.js";
import { keyboard } from "../keyboard.js";

let vault;
let vouch;
let browser;
let page;
let tabTo, type, enterKey, goTo, words;

before(async () => {
  vault = await mkdtemp(path.join(tmpdir(), "vouch-write-"));
  vouch = await startVouch(["serve", "--no-browser", "--vault", path.join(vault, "new")]);
  browser = await startBrowser();
  page = await enter(browser, vouch, "/set-up");
  ({ tabTo, type, enterKey, goTo, words } = keyboard(page));
  await tabTo("#name");
  await type("Solange Baptiste");
  await tabTo("#stage");
  await page.keyboard.type("MS3");
  await tabTo("#school");
  await type("St. George's University");
  await tabTo("main button[type=submit]", "Save");
  await enterKey();
  await goTo("i");
  await tabTo("#names");
  // Nobody knows where this person was found, so a warning will stand.
  await type("Dr. Asha Rao, DR resident, Maimonides Medical Center");
  await tabTo("main button[type=submit]", "Show what was understood");
  await enterKey();
  await tabTo("main button[type=submit]", "Import");
  await enterKey();
});

after(async () => {
  await browser?.end();
  assert.equal(await vouch?.stop(), 0);
  await rm(vault, { recursive: true, force: true });
});

/** The text without its greeting, and without how the writer found the reader. */
const TEXT = [
  "I am Solange Baptiste, MS3 at St. George's University, where you graduated before me.",
  "",
  "Your rounds at Maimonides Medical Center stayed with me, because you let us read the films first. I will send you my list of cases this week.",
  "",
  "Could we speak by phone for 15 minutes, so that I can hear how you chose your program?",
  "",
  "Thank you for reading this,",
  "Solange Baptiste",
].join("\n");

/** Waits until the live check has answered with something that fits. */
async function found(selector) {
  await page.locator(`#findings ${selector}`).first().waitFor();
}

test("what is known stands beside the text, and findings come while typing", async () => {
  await goTo("p");
  await tabTo("tbody th a", "Asha Rao");
  await enterKey();
  await tabTo("main a", "Write");
  await enterKey();
  await tabTo("main a", "Write to a graduate of your school");
  await enterKey();
  await tabTo("main button[type=submit]", "Make the draft");
  await enterKey();
  assert.match(await words(), /placeholder-left[\s\S]*What you know[\s\S]*DR resident, Maimonides Medical Center/);
  await tabTo("#subject");
  await type("Your way to Maimonides");
  await tabTo("#text");
  await type(TEXT);
  await found("a[href='/help/missing-salutation']");
  assert.doesNotMatch(await words(), /placeholder-left/);
});

test("a finding says why with how good the evidence is, and is mended by one key", async () => {
  await tabTo("#findings button", "Begin with");
  await enterKey();
  assert.match(await page.locator("#text").inputValue(), /^Dear Dr\. Rao,\n\nI am Solange/);
  assert.doesNotMatch(await words(), /missing-salutation/);
  await tabTo("#findings summary", "Why");
  await page.keyboard.press("Enter");
  assert.match(await words(), /advice of the article|vendor data, other settings/);
});

test("a standing warning is confirmed with a typed reason", async () => {
  assert.match(await words(), /missing-how-found/);
  await tabTo("main button", "Ready: hand it over");
  await enterKey();
  assert.match(await words(), /Not yet[\s\S]*in the way/);
  for (let i = 0; i < 8 && (await page.locator("#findings input:not([type=hidden])").count()) > 0; i++) {
    await tabTo("#findings input");
    await page.keyboard.insertText("she gave me her card");
    await enterKey();
  }
  assert.match(await words(), /Confirmed: she gave me her card/);
  assert.match(await words(), /Nothing is left to fix/);
});

test("it is handed over, and what it promises is offered as a commitment", async () => {
  await tabTo("main button", "Ready: hand it over");
  await enterKey();
  assert.match(await words(), /Ready to leave/);
  const href = async (label) => page.locator("main a", { hasText: label }).getAttribute("href");
  assert.match(await href("Open in the mail program"), /^mailto:/);
  assert.match(await href("Open in Gmail"), /^https:\/\/mail\.google\.com\/mail\/\?view=cm&fs=1&su=Your%20way/);
  assert.match(await href("Open in Outlook"), /^https:\/\/outlook\.office\.com\/mail\/deeplink\/compose/);
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 320, height: 900 });
  assert.equal(await overflow(page), null);
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.match(await words(), /You promise something/);
  await tabTo("main button", "I sent it");
  await enterKey();
  assert.match(await words(), /No answer yet/);
});

test("an answer is pasted, finds its message by hand, and offers what comes next", async () => {
  await tabTo("main a", "Paste the e-mail");
  await enterKey();
  await tabTo("#text");
  await type("Happy to talk, Friday at four?\n\n> Dear Dr. Rao,");
  await tabTo("main button[type=submit]", "Read it");
  await enterKey();
  assert.equal(await page.locator("#note").inputValue(), "Happy to talk, Friday at four?");
  await tabTo("main button[type=submit]", "Note the answer");
  await enterKey();
  assert.match(await words(), /replied[\s\S]*What next[\s\S]*Book the call/);
  await tabTo("main h1 a");
  await enterKey();
  const person = await words();
  assert.match(person, /Happy to talk, Friday at four\?/);
  assert.match(person, /send you my list of cases this week/);
});

test("what was typed is there after leaving in the middle of it", async () => {
  await page.goto(`${vouch.origin}/write?template=public-post`);
  await tabTo("main button[type=submit]", "Make the draft");
  await enterKey();
  const draft = page.url();
  await tabTo("#text");
  await type("I read every film twice now.");
  // At once, before anything was checked.
  await page.locator("nav a[href='/people']").first().click();
  await page.waitForURL("**/people");
  await page.goto(draft);
  assert.equal(await page.locator("#text").inputValue(), "I read every film twice now.");
});

test("a page that is loaded anew at once shows what was typed, and a second window is told", async () => {
  const draft = page.url();
  const shown = (of) => of.locator("#text").inputValue();
  // Faster than what is typed can be sent.
  for (const text of ["Typed and loaded anew.", "Typed once more."]) {
    await page.locator("#text").fill(text);
    await page.reload();
    assert.equal(await shown(page), text);
  }
  await page.locator("#text").fill("Typed and gone.");
  await page.goto(new URL("/people", draft).href);
  await page.goto(draft);
  assert.equal(await shown(page), "Typed and gone.");
  const second = await page.context().newPage();
  await page.waitForTimeout(1000);
  await second.goto(draft);
  await page.locator("#text").fill("From the first window.");
  await page.waitForTimeout(1000);
  await second.locator("#text").fill("From the second window.");
  await second.locator("[data-overtaken]").waitFor();
  assert.equal(await shown(second), "From the second window.");
  await page.reload();
  assert.equal(await shown(page), "From the first window.");
  // The second decides, and the first is told in its turn.
  await second.getByRole("button", { name: "Keep this text instead" }).click();
  await second.waitForLoadState();
  await page.locator("#text").fill("From the first window, and on.");
  await page.locator("[data-overtaken]").waitFor();
  await second.reload();
  assert.equal(await shown(second), "From the second window.");
  await second.close();
});

test("nothing on the way broke the policy of the page", () => {
  // A refused form answers 422, which the browser tells.
  assert.deepEqual(page.complaints.filter((it) => !it.includes("422")), []);
});
