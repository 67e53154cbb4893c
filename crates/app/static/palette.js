// The command palette: asks `GET /palette?q=` for
// [{ title, kind, href, hint }] and goes to what is chosen.

const WAIT_MS = 80;

/** Returns the function that opens the palette. */
export function startPalette() {
  const dialog = document.querySelector("#palette");
  if (!dialog) return () => {};
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const note = dialog.querySelector("[data-palette-note]");
  let chosen = -1;
  let timer = 0;
  let request = new AbortController();

  function choose(index) {
    const entries = [...list.children];
    chosen = entries.length ? (index + entries.length) % entries.length : -1;
    for (const [at, entry] of entries.entries()) entry.setAttribute("aria-selected", at === chosen);
    if (chosen < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", entries[chosen].id);
      entries[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function show(entries) {
    list.replaceChildren(...entries.map(entryElement));
    note.textContent = entries.length ? "" : "Nothing fits. Try fewer letters.";
    note.hidden = entries.length > 0;
    input.setAttribute("aria-expanded", String(entries.length > 0));
    choose(0);
  }

  async function look() {
    request.abort();
    request = new AbortController();
    try {
      const query = new URLSearchParams({ q: input.value });
      const answer = await fetch(`/palette?${query}`, { signal: request.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      show([]);
      note.textContent = "Vouch does not answer. Is it still running?";
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      list.children[chosen]?.click();
    }
  });
  list.addEventListener("click", (event) => {
    const entry = event.target.closest("[data-href]");
    if (!entry) return;
    const { href } = entry.dataset;
    if (href.startsWith("/")) {
      location.assign(href);
    } else {
      dialog.close();
      document.querySelector(`[data-do="${href.slice(1)}"]`)?.click();
    }
  });

  return () => {
    input.value = "";
    show([]);
    note.hidden = true;
    dialog.showModal();
    look();
  };
}

function entryElement({ title, kind, href, hint }, index) {
  const entry = document.createElement("div");
  entry.className = "palette-entry";
  entry.id = `palette-entry-${index}`;
  entry.role = "option";
  // Only places on this server and buttons of this page; an address made of
  // anything else is dropped.
  const leads = href.startsWith("/") && !href.startsWith("//");
  if (leads || /^#[a-z]+$/.test(href)) entry.dataset.href = href;
  for (const text of [kind, title, hint]) {
    const part = document.createElement("span");
    part.dir = "auto";
    part.textContent = text;
    entry.append(part);
  }
  return entry;
}
