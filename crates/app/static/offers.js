// Offers for a text that is typed: an input with `data-offers` asks that address
// with `?q=` for ["…"], and its datalist shows them.

const WAIT_MS = 120;

export function startOffers() {
  for (const input of document.querySelectorAll("input[data-offers]")) {
    const list = input.list;
    if (!list) continue;
    let timer = 0;
    let request = new AbortController();

    async function look() {
      request.abort();
      request = new AbortController();
      try {
        const query = new URLSearchParams({ q: input.value });
        const answer = await fetch(`${input.dataset.offers}?${query}`, { signal: request.signal });
        if (!answer.ok) return;
        list.replaceChildren(...(await answer.json()).map(option));
      } catch {
        // What was typed is taken without an offer, too.
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT_MS);
    });
  }
}

function option(text) {
  const element = document.createElement("option");
  element.value = text;
  return element;
}
