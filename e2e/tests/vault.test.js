// The vault as a student locks, prints, backs up and restores it, without
// scripts; every state is looked at by axe, in both themes and at 320 px.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { axe, enter, overflow, shot, startBrowser, startVouch } from "../harness.js";

const PASSPHRASE = "copper river lantern moth";
const BACKUP = "another phrase of mine";

let folder;
let vouch;
let browser;
let plain;
let page;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "vouch-vault-"));
  vouch = await startVouch(["serve", "--no-browser", "--vault", path.join(folder, "vault")]);
  plain = await startBrowser({ javaScriptEnabled: false });
  browser = await startBrowser();
  page = await enter(plain, vouch);
});

after(async () => {
  await Promise.all([browser?.end(), plain?.end()]);
  await vouch?.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * Looks at the page that the plain browser shows, with scripts, since axe is
 * one: light and dark, wide and narrow.
 */
async function look(name) {
  const other = await enter(browser, vouch);
  await other.goto(page.url());
  for (const width of [1280, 320]) {
    await other.setViewportSize({ width, height: 900 });
    assert.equal(await overflow(other), null, `${name} at ${width} px`);
    assert.deepEqual(await axe(other), [], `${name} at ${width} px`);
    for (const colorScheme of ["light", "dark"]) {
      await other.emulateMedia({ colorScheme });
      await shot(other, `vault-${name}-${width}-${colorScheme}`);
    }
  }
}

async function says(words) {
  assert.match(await page.locator("main").innerText(), words);
}

test("a vault is locked, opened by its sheet, backed up and restored", async () => {
  await page.goto(`${vouch.origin}/import`);
  await page.locator("#names").fill("Dr. Asha Rao, IR, Maimonides\nBen Okafor, resident");
  await page.getByRole("button", { name: "Show what was understood" }).click();
  await page.locator("main form button.primary").first().click();

  await page.goto(`${vouch.origin}/vault`);
  await says(/There is no passphrase/);
  await look("open");
  await page.locator("#lock-new").fill(PASSPHRASE);
  await page.locator("#lock-again").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Set the passphrase" }).click();
  await says(/The passphrase is set/);
  await look("locked");

  await page.locator("#recovery-present").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Make a recovery sheet" }).click();
  const groups = await page.locator(".code-groups code").allInnerTexts();
  assert.equal(groups.length, 8);
  await look("sheet");
  await page.emulateMedia({ media: "print" });
  await shot(page, "vault-sheet-print");
  assert.equal(await page.locator(".side").isVisible(), false);
  assert.equal(await page.locator(".code-groups").isVisible(), true);
  await page.emulateMedia({ media: "screen" });

  await page.goto(`${vouch.origin}/vault`);
  await page.getByRole("button", { name: "Lock now" }).click();
  assert.equal(page.url(), `${vouch.origin}/unlock`);
  await look("unlock");
  await page.goto(`${vouch.origin}/people`);
  assert.equal(page.url(), `${vouch.origin}/unlock`);
  await page.locator("#passphrase").fill("wrong wrong");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await says(/This is not the passphrase of the vault/);
  await shot(page, "vault-unlock-wrong");
  // The wait after a wrong passphrase is said, and passes.
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await page.waitForTimeout(1_100);
  await page.locator("summary").click();
  await page.locator("#code").fill(groups.join(" ").toLowerCase());
  await page.getByRole("button", { name: "Unlock with the code" }).click();
  await says(/The recovery code opened the vault/);

  await page.locator("#backup-new").fill(BACKUP);
  await page.locator("#backup-again").fill(BACKUP);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Back up and download" }).click(),
  ]);
  const file = path.join(folder, "mine.vouch-backup");
  await download.saveAs(file);
  const bytes = await readFile(file);
  assert.equal(bytes.subarray(0, 15).toString(), "vouch backup 1\n");

  const damaged = path.join(folder, "damaged.vouch-backup");
  bytes[bytes.length >> 1] ^= 1;
  await writeFile(damaged, bytes);
  for (const [name, words] of [
    [damaged, /Nothing was restored[\s\S]*is damaged/],
    [file, /The backup was checked from beginning to end/],
  ]) {
    await page.goto(`${vouch.origin}/vault`);
    await page.locator("#file").setInputFiles(name);
    await page.locator("#file-passphrase").fill(BACKUP);
    await page.locator("form[action='/vault/restore/file'] button").click();
    await says(words);
  }
  await look("compare");
  await page.getByRole("button", { name: "Restore the backup" }).click();
  await says(/The backup is restored: 2 people/);
  await look("restored");
  await page.goto(`${vouch.origin}/people`);
  await says(/Asha Rao/);
});
