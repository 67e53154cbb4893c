// A button with data-copy="#id" copies that field's value or element's text.

const SAID_MS = 2000;

/** Starts every copy button of the page. */
export function startCopy() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.textContent;
    let timer = 0;
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      if (!source) return;
      const said = await copied(source);
      button.textContent = said;
      announce(said);
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = label;
      }, SAID_MS);
    });
  }
}

async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.value ?? source.innerText);
    return "Copied";
  } catch {
    // The browser refuses now and then; what is selected can be copied by hand.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return "Selected: copy it with your keyboard";
  }
}

/** Says something to a screen reader. */
export function announce(text) {
  const announcer = document.querySelector("#announcer");
  if (announcer) announcer.textContent = text;
}
