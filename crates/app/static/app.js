// Starts the small modules. Every page works without any of them.

import { startCopy } from "./copy.js";
import { startDrop } from "./drop.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startOffers } from "./offers.js";
import { startPalette } from "./palette.js";
import { startToast } from "./toast.js";

startTheme();
startDialogs();
startCopy();
startDrop();
startLive();
startOffers();
startToast();
startKeys(startPalette());

// What only a script can do is hidden until there is one.
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

/** Lets `[data-theme-toggle]` change between light and dark, and remembers it. */
function startTheme() {
  const root = document.documentElement;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";

  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    const label = button.querySelector("[data-theme-label]") ?? button;
    const show = () => {
      label.textContent = isDark() ? "Light colours" : "Dark colours";
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      document.cookie = `vouch_theme=${root.dataset.theme}; Max-Age=31536000; SameSite=Strict; Path=/`;
      show();
    });
    prefersDark.addEventListener("change", show);
    show();
  }
}

/** Lets `[data-dialog="#id"]` open that dialog, and a click beside it close it. */
function startDialogs() {
  for (const opener of document.querySelectorAll("[data-dialog]")) {
    opener.addEventListener("click", () => {
      document.querySelector(opener.dataset.dialog)?.showModal();
    });
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target !== dialog) return;
      const box = dialog.getBoundingClientRect();
      const inside =
        box.left <= event.clientX && event.clientX <= box.right &&
        box.top <= event.clientY && event.clientY <= box.bottom;
      if (!inside) dialog.close();
    });
  }
}
