// Starts a real Vouch and a real browser for the tests, and looks at pages.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The program under test: VOUCH_BIN, or the debug build of this workspace. */
export const vouchBin = process.env.VOUCH_BIN ?? path.join(here, "..", "target", "debug", "vouch");

const chromiumBin = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";

/** Screenshots go here; the folder is not part of the project. */
export const shotsFolder = process.env.SHOTS ?? path.join(here, "test-results", "shots");

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]+/;

/**
 * Starts `vouch` with `args` and waits for the address that it prints.
 *
 * Returns `{ address, origin, output(), kill(signal), stop(), ended() }`; `stop`
 * ends it politely and answers with its exit code, `ended` waits until it ends.
 */
export async function startVouch(args = [], { env = {}, cwd } = {}) {
  const child = spawn(vouchBin, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
  const address = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const found = ADDRESS.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`vouch ended with ${code} and no address:\n${output}`)));
  });

  return {
    address,
    origin: new URL(address).origin,
    output: () => output,
    kill: (signal) => child.kill(signal),
    ended: () => ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/**
 * Starts Chromium with a fresh profile. Returns the persistent context with a
 * method `end()` that closes it and deletes the profile.
 *
 * Options are those of a Playwright context: `colorScheme`, `viewport`,
 * `reducedMotion`, `javaScriptEnabled`, `deviceScaleFactor` and so on.
 */
export async function startBrowser(options = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), "vouch-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumBin,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.end = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return context;
}

/** Opens the first page of `vouch` with its token, and returns it. */
export async function enter(context, vouch, where = "/") {
  const page = context.pages()[0] ?? (await context.newPage());
  watch(page);
  await page.goto(vouch.address);
  if (where !== "/") await page.goto(vouch.origin + where);
  return page;
}

/** Collects what a page complains about, among it every breach of the policy. */
export function watch(page) {
  if (page.complaints) return page.complaints;
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") page.complaints.push(message.text());
  });
  return page.complaints;
}

/**
 * Runs axe on the page as it is, in light and in dark. Returns one line for
 * each breach of WCAG 2.2 A and AA; an empty array is a clean page.
 *
 * The source is evaluated through the debugging protocol, which the policy of
 * the page does not reach, so the policy stays on.
 */
export async function axe(page, { themes = ["light", "dark"] } = {}) {
  const lines = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, {
        resultTypes: ["violations"],
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }),
    );
    for (const { id, help, nodes } of violations) {
      for (const node of nodes) {
        lines.push(`${theme}: ${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary}`);
      }
    }
  }
  return lines;
}

/** Tells whether the page is wider than its window, and by which element. */
export async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    const wide = [...document.querySelectorAll("body *")].find((it) => it.getBoundingClientRect().right > width + 1);
    return wide ? `${wide.tagName}.${wide.className}` : "unknown";
  });
}

/** Takes a picture of the page, whole unless told otherwise. */
export async function shot(page, name, options = {}) {
  await mkdir(shotsFolder, { recursive: true });
  const file = path.join(shotsFolder, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true, ...options });
  return file;
}
