// Live checks: a form with data-live="URL" posts what it holds a moment after
// the student stops typing, and the HTML that comes back is put into the
// element that data-live-target names. With data-live-keeps what is posted is
// kept as well, so it is also posted when the page is left before that, and the
// browser's tab remembers it for a minute, because the next page may be asked for
// before the post has arrived. An element with data-progress="URL" is
// put anew from that page until the page leads elsewhere.

const WAIT_MS = 400;
const PROGRESS_MS = 700;
const REMEMBERED_MS = 60_000;

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
  const keeps = "liveKeeps" in form.dataset;

  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (target.contains(event.target)) {
      // What is typed or chosen inside the answer must not be swapped away.
      request.abort();
      return;
    }
    typed += 1;
    if (keeps) remember(form);
    timer = setTimeout(check, WAIT_MS);
  });
  // A check that arrives after the form was sent would only disturb.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request.abort();
    arrived = typed;
    if (keeps) forget(form);
  });
  if (keeps) {
    if (recall(form)) {
      typed += 1;
      timer = setTimeout(check, 0);
    }
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
      // What was stored elsewhere meanwhile stays, and this text has not arrived.
      if (!target.querySelector("[data-overtaken]")) {
        arrived = Math.max(arrived, now);
        if (keeps && arrived === typed) forget(form);
      }
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

/** The fields that the student types in, outside of what comes back. */
function typedFields(form) {
  return [...form.querySelectorAll("[name=subject], [name=text]")];
}

/** The fields that tell over which version, and on which page, something is typed. */
function overFields(form) {
  return [...form.querySelectorAll("[name=seen], [name=page]")];
}

function remember(form) {
  const typed = typedFields(form).map((field) => field.value);
  const over = overFields(form).map((field) => field.value);
  try {
    sessionStorage.setItem(form.dataset.live, JSON.stringify({ typed, over, at: Date.now() }));
  } catch {
    // A very long text has no room there; the browser asks before it leaves.
    forget(form);
  }
}

function forget(form) {
  sessionStorage.removeItem(form.dataset.live);
}

/** Puts back what was typed a moment ago and is not on the page that came. */
function recall(form) {
  const kept = JSON.parse(sessionStorage.getItem(form.dataset.live) ?? "null");
  forget(form);
  if (!kept || Date.now() - kept.at > REMEMBERED_MS) return false;
  const fields = typedFields(form);
  if (fields.every((field, i) => field.value === kept.typed[i])) return false;
  fields.forEach((field, i) => (field.value = kept.typed[i]));
  // It was typed over what stood there then.
  overFields(form).forEach((field, i) => (field.value = kept.over[i]));
  remember(form);
  return true;
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
