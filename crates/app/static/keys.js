// Shortcuts: ? shows them, / searches, n starts something new, g and a letter
// goes somewhere, Ctrl or Cmd with K opens the palette. On a list of due things
// j and k walk, and a, l, s, d and x act on the one in focus, else on the first. None fires while the
// student types, and single keys can be turned off in the dialog of ?.

const OFF = /(?:^|; )vouch_keys=off(?:;|$)/;
const GO_MS = 1500;

/** Starts listening; `openPalette` is called for Ctrl or Cmd with K. */
export function startKeys(openPalette) {
  const help = document.querySelector("#shortcuts");
  const single = help?.querySelector("[data-keys-single]");
  let enabled = !OFF.test(document.cookie);
  let goUntil = 0;

  if (single) {
    single.checked = enabled;
    single.addEventListener("change", () => {
      enabled = single.checked;
      const value = enabled ? "on" : "off";
      document.cookie = `vouch_keys=${value}; Max-Age=31536000; SameSite=Strict; Path=/`;
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;

    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      if (event.key.toLowerCase() === "k") {
        event.preventDefault();
        openPalette();
      }
      return;
    }
    if (!enabled || event.ctrlKey || event.metaKey || event.altKey) return;

    const going = event.timeStamp < goUntil;
    goUntil = 0;
    const act = going ? goTo(event.key) : singleKey(event.key);
    if (act) {
      event.preventDefault();
      act();
    }
  });

  function singleKey(key) {
    if (key === "?" && help) return () => help.showModal();
    if (key === "/") return focusing(document.querySelector("#search"));
    if (key === "n") return using(firstShown("main [data-new]") ?? firstShown("[data-new]"));
    if (key === "j" || key === "k") return walking(key === "j" ? 1 : -1);
    if (/^[alsdx]$/.test(key)) return using(itemInFocus()?.querySelector(`[data-item-key="${key}"]`));
    if (key === "g") {
      return () => {
        goUntil = performance.now() + GO_MS;
      };
    }
    return undefined;
  }
}

function items() {
  return [...document.querySelectorAll("main [data-item]")];
}

/** Returns the due thing that holds the focus, else the first. */
function itemInFocus() {
  return document.activeElement?.closest("[data-item]") ?? items()[0];
}

/** Goes to the next or the previous due thing. */
function walking(step) {
  const all = items();
  if (all.length === 0) return undefined;
  return () => {
    const at = all.indexOf(document.activeElement?.closest("[data-item]"));
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
}

function goTo(key) {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  return link ? () => location.assign(link.href) : undefined;
}

function focusing(field) {
  if (!field) return undefined;
  return () => {
    field.focus();
    field.select?.();
  };
}

/** A field is entered, anything else is used. */
function using(element) {
  if (!element) return undefined;
  return isTyping(element) ? focusing(element) : () => element.click();
}

function firstShown(selector) {
  return [...document.querySelectorAll(selector)].find((it) => it.checkVisibility());
}

function isTyping(element) {
  if (!(element instanceof HTMLElement)) return false;
  return element.isContentEditable || element.matches("input, textarea, select");
}
