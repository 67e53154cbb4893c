// The frame and every component, in a real browser, on the style guide.

import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { axe, enter, overflow, shot, startBrowser, startVouch } from "../harness.js";

const args = ["demo", "--no-browser"];
const WIDTHS = [320, 360, 640, 768, 1280, 1920];

let vouch;
let browser;
let page;

before(async () => {
  vouch = await startVouch(args);
  browser = await startBrowser();
  await browser.grantPermissions(["clipboard-read", "clipboard-write"], { origin: vouch.origin });
  page = await enter(browser, vouch, "/styleguide");
});

after(async () => {
  await browser?.end();
  assert.equal(await vouch?.stop(), 0);
});

/** Opens the style guide anew, wide and light. */
async function fresh(where = "/styleguide") {
  page.complaints.length = 0;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(vouch.origin + where);
}

test("the page is clean for axe and fits, at every width and in both themes", async () => {
  await fresh("/styleguide?done=1");
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await overflow(page), null, `${width} px`);
    assert.deepEqual(await axe(page), [], `${width} px`);
  }
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await shot(page, `styleguide-${width}-${colorScheme}`);
  }
  assert.deepEqual(page.complaints, []);
});

test("the check for faults finds one that is put there", async () => {
  await fresh();
  await page.locator("#sg-type").evaluate((heading) => heading.style.setProperty("color", "var(--line)"));
  const found = await axe(page, { themes: ["dark"] });
  assert.equal(found.length, 1);
  assert.match(found[0], /^dark: color-contrast/);
});

test("text grown to 200 % still fits", async () => {
  await fresh();
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  for (const width of [640, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await overflow(page), null, `${width} px`);
  }
});

test("the token leaves the address and the cookie is out of reach of scripts", async () => {
  await page.goto(vouch.address);
  assert.ok(!page.url().includes("token"));
  assert.ok(!(await page.evaluate(() => document.cookie)).includes("vouch_" + new URL(vouch.origin).port));
  const cookie = (await browser.cookies()).find((it) => it.name === `vouch_${new URL(vouch.origin).port}`);
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, "Strict", "/"]);
});

test("a form of our own page passes, its toast is silent on reload", async () => {
  await fresh();
  await page.click("#sg-done");
  await page.waitForSelector(".toast");
  assert.equal(page.url(), `${vouch.origin}/styleguide`);
  await page.waitForFunction(() => document.querySelector("#announcer").textContent.includes("Logged a call"));
  await page.reload();
  assert.equal(await page.locator(".toast").count(), 0);
});

test("a form and a fetch of another site change nothing", async () => {
  const html = (body) => (_, response) => response.setHeader("content-type", "text/html").end(body);
  const form = `<form method="post" action="${vouch.origin}/styleguide/done"><button>go</button></form>`;
  const evil = createServer(html(form));
  await new Promise((resolve) => evil.listen(0, "127.0.0.1", resolve));
  const other = await browser.newPage();
  try {
    await other.goto(`http://127.0.0.1:${evil.address().port}/`);
    const answered = other.waitForResponse((it) => it.url().startsWith(vouch.origin));
    await other.click("button");
    assert.equal((await answered).status(), 403);
    await other.goto(`http://127.0.0.1:${evil.address().port}/`);
    const read = await other.evaluate(async (url) => {
      try {
        return (await fetch(url, { credentials: "include" })).status;
      } catch {
        return "refused";
      }
    }, `${vouch.origin}/styleguide`);
    assert.equal(read, "refused");
    await other.setContent(`<iframe src="${vouch.origin}/styleguide"></iframe>`);
    const frame = await (await other.waitForSelector("iframe")).contentFrame();
    await frame.waitForLoadState();
    assert.ok(!(await frame.content()).includes("Every part that pages are made of"));
  } finally {
    await other.close();
    evil.close();
  }
});

test("a foreign Host gets nothing", async () => {
  const status = await new Promise((resolve, reject) => {
    request(`${vouch.origin}/styleguide`, { headers: { host: "evil.example" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once("error", reject)
      .end();
  });
  assert.equal(status, 403);
});

test("shortcuts go, search and open, and keep still while the student types", async () => {
  await fresh();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.keyboard.type("?gn/");
  assert.equal(await page.inputValue("#search"), "?gn/");
  await page.keyboard.press("Control+k");
  assert.equal(await page.locator("dialog[open]").count(), 0);

  await fresh();
  await page.keyboard.press("?");
  assert.ok(await page.locator("#shortcuts").isVisible());
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  assert.equal(await page.evaluate(() => document.activeElement.id), "sg-line");
  await page.evaluate(() => document.activeElement.blur());
  await Promise.all([page.waitForURL("**/people"), page.keyboard.type("gp")]);
});

test("single keys can be turned off and stay off", async () => {
  await fresh();
  await page.keyboard.press("?");
  await page.uncheck("[data-keys-single]");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.keyboard.press("?");
  assert.ok(!(await page.locator("#shortcuts").isVisible()));
  await page.click("text=Shortcuts >> visible=true");
  await page.check("[data-keys-single]");
  await page.keyboard.press("Escape");
});

test("the palette finds a page and goes there by keyboard", async () => {
  await fresh();
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".palette-entry");
  assert.deepEqual(await axe(page), []);
  await shot(page, "palette", { fullPage: false });
  await page.keyboard.type("hist");
  await page.waitForFunction(() => document.querySelector(".palette-entry")?.textContent.includes("History"));
  await Promise.all([page.waitForURL("**/history"), page.keyboard.press("Enter")]);
});

test("the live check follows the text", async () => {
  await fresh();
  assert.ok((await page.textContent("#sg-findings")).includes("A placeholder is left"));
  await page.fill("#sg-text", "Dear Dr. Rao, <b>thank you</b>.");
  await page.waitForFunction(() => document.querySelector("#sg-findings").textContent.includes("Ready"));
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.complaints, []);
});

test("copy puts the text on the clipboard", async () => {
  await fresh();
  await page.click("[data-copy]");
  await page.waitForSelector("text=Copied");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.inputValue("#sg-text"));
});

test("the choice of colours stays, from the first paint on", async () => {
  await fresh();
  await page.click("text=Dark colours");
  await page.reload({ waitUntil: "commit" });
  await page.waitForSelector("main");
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  assert.deepEqual(await axe(page, { themes: ["light"] }), []);
  await page.click("text=Light colours");
  await browser.clearCookies({ name: "vouch_theme" });
});

test("a dropped file is named, one that is too large is refused before it is sent", async () => {
  await fresh();
  const file = (size) => ({ name: "Connections.csv", mimeType: "text/csv", buffer: Buffer.alloc(size, 120) });
  await page.setInputFiles("#sg-file", file(3 * 1024 * 1024));
  assert.equal(await page.textContent("[data-drop-chosen]"), "Connections.csv, 3.0 MB");
  await page.click("#sg-send");
  assert.equal(await page.textContent("h1"), "The file arrived");

  await fresh();
  const folder = await mkdtemp(path.join(tmpdir(), "vouch-large-"));
  try {
    const large = path.join(folder, "large.csv");
    await writeFile(large, "");
    await truncate(large, 65 << 20);
    await page.setInputFiles("#sg-file", large);
    assert.match(await page.textContent("[data-drop-chosen]"), /65\.0 MB; up to 64\.0 MB/);
    await page.click("#sg-send");
    assert.equal(await page.textContent("h1"), "Style guide");

    // Who gets around that check is told by the server, and not by a broken line.
    await page.locator("form:has(#sg-file)").evaluate((form) => form.submit());
    await page.waitForSelector("text=That is too large");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a file that is dropped lands in the field", async () => {
  await fresh();
  await page.locator("[data-drop]").evaluate((zone) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["First Name"], "Connections.csv"));
    for (const type of ["dragenter", "drop"]) {
      zone.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
  assert.equal(await page.textContent("[data-drop-chosen]"), "Connections.csv, 10 bytes");
  assert.equal(await page.locator(".drop.over").count(), 0);
});

test("a form that is too large becomes a page", async () => {
  await fresh();
  await page.evaluate(() => (document.querySelector("#sg-text").value = "x".repeat(5 << 20)));
  await page.evaluate(() => {
    const form = document.querySelector(".composer");
    form.action = "/styleguide/check";
    form.submit();
  });
  await page.waitForSelector("text=That is too large");
});

test("the phone's menu opens, closes and is clean", async () => {
  await fresh();
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok(!(await page.locator("#nav").isVisible()));
  await page.click(".menu-button");
  assert.ok(await page.locator("#nav").isVisible());
  assert.deepEqual(await axe(page), []);
  await shot(page, "menu", { fullPage: false });
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#nav").isVisible()));
});

test("what has the focus is never hidden by the toast", async () => {
  await fresh("/styleguide?done=1");
  await page.setViewportSize({ width: 360, height: 640 });
  const hidden = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const covered = await page.evaluate(() => {
      const focused = document.activeElement;
      const toast = document.querySelector(".toast");
      if (focused === document.body || toast.contains(focused)) return null;
      const [a, b] = [focused.getBoundingClientRect(), toast.getBoundingClientRect()];
      return a.top >= b.top && a.bottom <= b.bottom && a.width ? focused.outerHTML.slice(0, 80) : null;
    });
    if (covered) hidden.push(covered);
  }
  assert.deepEqual(hidden, []);
});

test("everything that matters works without script", async () => {
  const plain = await startBrowser({ javaScriptEnabled: false });
  try {
    const quiet = await enter(plain, vouch, "/styleguide");
    assert.equal(await quiet.locator("[data-needs-script] >> visible=true").count(), 0);
    await quiet.click("#sg-done");
    assert.equal(await quiet.locator(".toast").count(), 1);
    await quiet.click(".toast button >> text=Undo");
    assert.equal(await quiet.textContent("h1"), "Style guide");
    await quiet.setViewportSize({ width: 360, height: 740 });
    await quiet.click(".menu-button");
    await quiet.click("#nav >> text=People");
    assert.ok(quiet.url().endsWith("/people"));
  } finally {
    await plain.end();
  }
});

test("a stranger's browser is told how to come back", async () => {
  const stranger = await startBrowser();
  try {
    const lost = await stranger.newPage();
    const answer = await lost.goto(`${vouch.origin}/people`);
    assert.equal(answer.status(), 403);
    assert.equal(await lost.textContent("h1"), "Open Vouch again");
    assert.deepEqual(await axe(lost), []);
    await shot(lost, "no-token", { fullPage: false });
  } finally {
    await stranger.end();
  }
});
