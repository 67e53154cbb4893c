// Live checks: a form with data-live="URL" posts what it holds a moment after
// the student stops typing, and the HTML that comes back is put into the
// element that data-live-target names. With data-live-keeps what is posted is
// kept as well, so it is also posted when the page is left before that. An element with data-progress="URL" is
// put anew from that page until the page leads elsewhere.

const WAIT_MS = 400;
const PROGRESS_MS = 700;

/** Starts every live form of the page. */
export function startLive() {
  for (const form of document.querySelectorAll("form[data-live]")) {
    const target = document.querySelector(form.dataset.liveTarget);
    if (target) startForm(form, target);
  }
  const progress = document.querySelector("[data-progress]");
  if (progress) setTimeout(follow, PROGRESS_MS, progress);
}

/** Shows how far long work is, and goes where it leads when it is done. */
async function follow(element) {
  try {
    const answer = await fetch(element.dataset.progress);
    if (answer.redirected) return location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(element.id);
    if (next && !element.contains(document.activeElement)) {
      element.replaceChildren(...next.childNodes);
    } else if (next && !("progress" in next.dataset)) {
      return location.reload();
    } else if (next) {
      // Whoever has the Stop button under the finger keeps it.
      copyProgress(next, element);
    }
    if (!next || !("progress" in next.dataset)) return;
  } catch {
    // Vouch may be busy; the next try tells.
  }
  setTimeout(follow, PROGRESS_MS, element);
}

function copyProgress(from, to) {
  const bar = to.querySelector("progress");
  const next = from.querySelector("progress");
  if (!bar || !next) return;
  bar.max = next.max;
  bar.value = next.value;
  to.querySelector("[role=status]").textContent = from.querySelector("[role=status]").textContent;
}

function startForm(form, target) {
  let timer = 0;
  // How often something was typed, and how much of that has arrived.
  let typed = 0;
  let arrived = 0;
  let request = new AbortController();

  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (target.contains(event.target)) {
      // What is typed or chosen inside the answer must not be swapped away.
      request.abort();
      return;
    }
    typed += 1;
    timer = setTimeout(check, WAIT_MS);
  });
  // A check that arrives after the form was sent would only disturb.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request.abort();
    arrived = typed;
  });
  if ("liveKeeps" in form.dataset) {
    // Before the next page is asked for, so that it shows what was typed.
    addEventListener("beforeunload", (event) => {
      if (arrived === typed) return;
      // Of a very long text the browser takes none along, and asks instead.
      if (!navigator.sendBeacon(form.dataset.live, textFields(form))) event.preventDefault();
    });
  }

  async function check() {
    request.abort();
    request = new AbortController();
    const now = typed;
    target.dataset.liveState = "waiting";
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.live, {
        method: "POST",
        body: textFields(form),
        signal: request.signal,
      });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      put(await answer.text(), target);
      arrived = Math.max(arrived, now);
      // What was said of an earlier text is no longer true.
      for (const stale of document.querySelectorAll("[data-until-live]")) stale.remove();
      target.dataset.liveState = "fresh";
    } catch (error) {
      if (error.name === "AbortError") return;
      target.dataset.liveState = "failed";
      put("<p class='error'>This text is not checked: Vouch does not answer.</p>", target);
    }
    target.removeAttribute("aria-busy");
  }
}

function textFields(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(fields);
}

/** Parsed apart, so that nothing in the fragment runs. */
function put(html, target) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  target.replaceChildren(...parsed.body.childNodes);
}
