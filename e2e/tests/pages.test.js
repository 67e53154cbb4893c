// Every page with real content and with none: clean for axe in both themes,
// no wider than its window, and usable without scripts.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { axe, enter, overflow, shot, startBrowser, startVouch } from "../harness.js";

const WIDTHS = [320, 768, 1280];

/** Pages that are there whatever is stored. */
const FIXED = [
  "/",
  "/people",
  "/people?archived=yes",
  "/people?state=met&last=within-90&role=attending",
  "/people?columns=place,role,state,last,ring,reply,tags,found,known",
  "/people?columns=name",
  "/trash",
  "/duplicates",
  "/programs",
  "/programs?view=states",
  "/programs/compare",
  "/programs/compare?p=4203521221&p=4201121049&p=4200811040",
  "/programs/new",
  "/programs/4203521221",
  "/write",
  "/write?template=alumni-office",
  "/write?purpose=support&channel=email",
  "/write?template=intro-request",
  "/write?template=advocacy-request",
  "/write/reply",
  "/set-up/guards",
  "/help/too-long",
  "/help/rank-question",
  "/import",
  "/history",
  "/export",
  "/vault",
  "/help",
  "/set-up",
  "/set-up/rhythms",
  "/week",
  "/here",
  "/here?hospital=henry+ford+hospital",
  "/here?hospital=nowhere+at+all",
  "/landscape",
  "/brief",
  "/brief?names=yes",
  "/log",
  "/log?line=yesterday+call+with+Dr.+Rao",
  "/search",
  "/search?q=rao",
  "/people/00000000-0000-4000-8000-000000000000",
  "/nowhere",
];

let folder;
let demo;
let empty;
let browser;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "vouch-pages-"));
  demo = await startVouch(["demo", "--no-browser"]);
  empty = await startVouch(["serve", "--no-browser", "--vault", path.join(folder, "vault")]);
  browser = await startBrowser();
});

after(async () => {
  await browser?.end();
  await Promise.all([demo?.stop(), empty?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** Looks at every page, and tells all that is wrong with all of them at once. */
async function look(page, vouch, wheres) {
  const faults = [];
  for (const where of wheres) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(vouch.origin + where);
    faults.push(...(await axe(page)).map((fault) => `${where} at 1280 px: ${fault}`));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await overflow(page);
      if (wide) faults.push(`${where} at ${width} px is too wide: ${wide}`);
    }
    await page.setViewportSize({ width: 320, height: 900 });
    faults.push(...(await axe(page)).map((fault) => `${where} at 320 px: ${fault}`));
  }
  assert.deepEqual(faults, []);
}

/** A page that is not there, and words that are refused, are errors by their status, which the browser tells. */
function complaints(page) {
  return page.complaints.filter((it) => !it.includes("404 (Not Found)") && !it.includes("422 (Unprocessable Entity)"));
}

test("every page with a year's content", async () => {
  const page = await enter(browser, demo);
  const first = async (where, selector) => {
    await page.goto(demo.origin + where);
    return page.locator(selector).first().getAttribute("href");
  };
  const person = await first("/people?q=asha", "tbody th a");
  const message = await first("/write", "section[aria-labelledby=drafts] a");
  const sender = await first("/people?q=monteiro", "tbody th a");
  const sent = await first(sender, "main a[href^='/write/']");
  await look(page, demo, [...FIXED, person, `${person}/edit`, `${person}/forget`, message, sent, `/write?person=${person.split("/").pop()}&template=alumni-intro`]);
  assert.deepEqual(complaints(page), []);
});

test("every page of an empty vault", async () => {
  const page = await enter(browser, empty);
  await look(page, empty, FIXED);
  assert.deepEqual(complaints(page), []);
});

test("the preview of an import and the page that asks for later changes", async () => {
  const page = await enter(browser, empty);
  await page.goto(`${empty.origin}/import`);
  await page.locator("#names").fill("Dr. Asha Rao, IR, Maimonides, met on rounds\nBen Okafor, resident, Mount Sinai\n#####");
  await page.locator("button", { hasText: "Show what was understood" }).click();
  assert.deepEqual(await axe(page), []);
  assert.equal(await overflow(page), null);
});

/** Drops a file on the import page of a vault. */
async function dropFile(page, vouch, name, text) {
  await page.goto(`${vouch.origin}/import`);
  await page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.locator("button", { hasText: "Read the file" }).click();
}

test("the columns of a table, and the page of a remembered one", async () => {
  const page = await enter(browser, empty);
  const table = "Who,Where,A column with a rather long name,Reached at\nDr. Asha Rao,Maimonides Medical Center,x,asha@example.org\n";
  await dropFile(page, empty, "club.csv", table);
  const where = new URL(page.url()).pathname;
  await look(page, empty, [where]);
  await page.locator("select").first().selectOption("name");
  await page.locator("button", { hasText: "Go on" }).click();
  await look(page, empty, [new URL(page.url()).pathname, "/import"]);
  assert.deepEqual(complaints(page), []);
});

test("a list of hospitals, and a rotation that chooses from it", async () => {
  const page = await enter(browser, empty);
  const list = [
    "Facility ID,Facility Name,City/Town,State,Hospital Type",
    "019901,MERCY HOSPITAL WITH A RATHER LONG NAME FOR A NARROW SCREEN,EXAMPLEVILLE,AL,Acute Care Hospitals",
    "339902,MERCY HOSPITAL OF ANOTHER PLACE,BROOKLYN,NY,Acute Care - Veterans Administration",
    "339903,,BROOKLYN,NY,Psychiatric",
  ];
  await dropFile(page, empty, "Hospital_General_Information.csv", list.join("\n"));
  await look(page, empty, [new URL(page.url()).pathname]);
  await page.locator("button", { hasText: "Take over the list" }).click();
  assert.equal(new URL(page.url()).pathname, "/set-up");

  await page.locator("#hospital").pressSequentially("mercy bro");
  await page.locator("#hospitals option").first().waitFor({ state: "attached" });
  const offered = await page.locator("#hospitals option").evaluateAll((all) => all.map((option) => option.value));
  assert.deepEqual(offered, ["MERCY HOSPITAL OF ANOTHER PLACE, BROOKLYN, NY"]);

  await page.locator("#hospital").fill("Mercy Hospital");
  await page.locator("button", { hasText: "Add this rotation" }).click();
  await look(page, empty, ["/set-up", "/here"]);
  await page.goto(`${empty.origin}/set-up`);
  await page.locator("select[name=site]").selectOption("ccn-339902");
  await page.getByRole("button", { name: "Save which hospital Mercy Hospital is" }).click();
  assert.equal(await page.locator("select[name=site]").count(), 0);
  assert.deepEqual(complaints(page), []);
});

test("the rows of a pasted match list", async () => {
  const page = await enter(browser, empty);
  await page.goto(`${empty.origin}/import`);
  await page.locator("#roster-place").fill("Windward Isles College of Medicine");
  await page.locator("#roster-source").fill("https://example.org/a/rather/long/address/of/a/match/list/2025");
  await page.locator("#roster-list").fill("Class of 2025\nDiagnostic Radiology\nElif Kowalczyk, Maimonides Medical Center\nBrook Hospital\n...");
  await page.locator("button", { hasText: "Show the rows" }).click();
  await look(page, empty, [new URL(page.url()).pathname]);
  assert.deepEqual(complaints(page), []);
});

test("the hospital of today, known and unknown, with both lists open", async () => {
  const page = await enter(browser, empty);
  const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
  const rotations = [
    ["Henry Ford Hospital", day(-20), day(5)],
    ["The Hospital of a Rather Long and Unknown Name in the Country", day(20), day(60)],
  ];
  for (const [hospital, starts, ends] of rotations) {
    await page.goto(`${empty.origin}/set-up`);
    await page.locator("#hospital").fill(hospital);
    await page.locator("#service").fill("internal medicine");
    await page.locator("#starts").fill(starts);
    await page.locator("#ends").fill(ends);
    await page.locator("button", { hasText: "Add this rotation" }).click();
  }
  await page.goto(`${empty.origin}/here`);
  assert.match(await page.locator("main").innerText(), /Henry Ford Hospital[\s\S]*Before you leave/);
  await page.locator("section[aria-labelledby=list-closing] button").first().click();
  assert.match(await page.locator("main").innerText(), /1 of 5 done/);
  const other = await page.locator("a", { hasText: "Rather Long" }).getAttribute("href");
  await look(page, empty, ["/here", other]);
  assert.deepEqual(complaints(page), []);
});

test("the preview of messages", async () => {
  const page = await enter(browser, empty);
  const rows = [
    "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER",
    "c1,Sol Baptiste,https://l/in/me,Asha Rao,https://l/in/asha,2026-02-08 10:00:00 UTC,,One,INBOX",
    "c2,Sol Baptiste,https://l/in/me,Zoe Quist,https://l/in/zoe,2026-02-08 10:00:00 UTC,,Two,INBOX",
    "c3,Rex Recruiter,https://l/in/rex,Sol Baptiste,https://l/in/me,2026-02-08 10:00:00 UTC,,Job,INBOX",
    "c4,Sam Spam,https://l/in/sam,Sol Baptiste,https://l/in/me,2026-02-08 10:00:00 UTC,,Buy,SPAM",
  ];
  await dropFile(page, empty, "messages.csv", rows.join("\n"));
  assert.match(await page.locator("main").innerText(), /What is kept of them/);
  await look(page, empty, [new URL(page.url()).pathname]);
  assert.deepEqual(complaints(page), []);
});

test("a large file by its path, and one with many problems", async () => {
  const page = await enter(browser, empty);
  const header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On";
  const rows = Array.from({ length: 15_000 }, (_, i) => `Given${i},Family${i},https://l/in/p-${i},,Fabrikam,,some day`);
  const file = path.join(folder, "Connections.csv");
  await writeFile(file, [header, ...rows].join("\n"));
  await page.goto(`${empty.origin}/import`);
  await page.locator("summary", { hasText: "larger than 64 MB" }).click();
  await page.locator("#path").fill(file);
  await page.locator("button", { hasText: "Read it there" }).click();
  // The page of the progress leads on by itself.
  await page.waitForURL((url) => !url.pathname.endsWith("/progress"));
  assert.match(await page.locator("main").innerText(), /15,000 times[\s\S]*All 15,000 problems as a table/);
  await look(page, empty, [new URL(page.url()).pathname]);
  // The page asks how far it is and would lead on; it waits while it is looked at.
  let lookedAt;
  const stillLooking = new Promise((resolve) => (lookedAt = resolve));
  await page.route("**/progress", async (route) => {
    if (route.request().resourceType() === "fetch") await stillLooking;
    await route.continue();
  });
  await page.locator("button", { hasText: "Import" }).first().click();
  const stop = page.locator("button", { hasText: "Stop" });
  await stop.waitFor();
  assert.deepEqual(await axe(page), []);
  await stop.click();
  lookedAt();
  await page.locator("strong", { hasText: "Stopped" }).waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints(page), []);
});

test("the main path works without scripts", async () => {
  const plain = await startBrowser({ javaScriptEnabled: false });
  try {
    const page = await enter(plain, demo);
    await page.locator("#line").fill("today call with Dr. Elias Thorne, asked about lymphatic work");
    await page.locator("form[aria-label='Log what happened'] button").click();
    assert.match(await page.locator("main").innerText(), /What was understood[\s\S]*Dr\. Elias Thorne/);
    await page.locator("button", { hasText: "Save" }).click();
    assert.match(await page.locator("main").innerText(), /Log call with Dr\. Elias Thorne/);
    await page.locator(".toast button", { hasText: "Undo" }).click();
    assert.match(await page.locator("main").innerText(), /Undo: Log call with Dr\. Elias Thorne/);
  } finally {
    await plain.end();
  }
});

test("Quit in the menu stops Vouch, and its last page keeps its style", async () => {
  const vouch = await startVouch(["serve", "--no-browser", "--vault", path.join(folder, "quit")]);
  try {
    const page = await enter(browser, vouch);
    // A narrow page would keep the menu closed.
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.locator("button", { hasText: "Quit Vouch" }).click();
    assert.match(await page.locator("main").innerText(), /Vouch is closed[\s\S]*You may close this tab/);
    assert.equal(await vouch.ended(), 0);
    await shot(page, "quit");
    assert.deepEqual(await axe(page), []);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await overflow(page), null, `${width} px`);
    }
    await page.setViewportSize({ width: 320, height: 900 });
    await shot(page, "quit-320");
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(complaints(page), []);
  } finally {
    await vouch.stop();
  }
});
