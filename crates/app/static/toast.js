// The toast after a change: silent on reload, read aloud, and closable.

import { announce } from "./copy.js";

/** Starts the toast, if the page has one. */
export function startToast() {
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(history.state, "", here);
  }

  const toast = document.querySelector(".toast");
  if (!toast) return;
  toast.querySelector("[data-toast-close]")?.addEventListener("click", () => toast.remove());
  // Text that was there from the start is not read by itself.
  setTimeout(() => announce(toast.querySelector("p").textContent), 300);
}
