// A student at the keyboard: everything that a test does without a pointer.

import assert from "node:assert/strict";

const MOST_TABS = 200;

/** Returns the ways in which a keyboard works on `page`. */
export function keyboard(page) {
  return {
    /** Presses Tab until the focus is on something that the selector and words fit. */
    async tabTo(selector, words = "") {
      for (let i = 0; i < MOST_TABS; i++) {
        await page.keyboard.press("Tab");
        const there = await page.evaluate(
          ([selector, words]) => {
            const it = document.activeElement;
            const name = `${it?.getAttribute("aria-label") ?? ""} ${it?.innerText ?? ""}`;
            return Boolean(it?.matches(selector)) && name.includes(words);
          },
          [selector, words],
        );
        if (there) return;
      }
      assert.fail(`Tab never reached ${selector} "${words}" on ${page.url()}`);
    },

    /** Types into the field with the focus, in place of what stands there. */
    async type(text) {
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(text);
    },

    /** Presses Enter and waits for the page that it leads to. */
    async enterKey() {
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    },

    /** Goes to a place of the navigation with `g` and its letter. */
    async goTo(letter) {
      // The shortcuts rest while a field has the focus.
      await page.evaluate(() => document.activeElement?.blur());
      await page.keyboard.press("g");
      await Promise.all([page.waitForEvent("load"), page.keyboard.press(letter)]);
    },

    /** Returns the words of the page's content. */
    async words() {
      return page.locator("main").innerText();
    },
  };
}
