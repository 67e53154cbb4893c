// A place to drop a file: an element with data-drop around a file field. What
// was chosen is named in [data-drop-chosen]; data-drop-max is a size in bytes.

/** Starts every drop zone of the page. */
export function startDrop() {
  for (const zone of document.querySelectorAll("[data-drop]")) {
    const field = zone.querySelector("input[type=file]");
    if (field) startZone(zone, field);
  }
}

function startZone(zone, field) {
  const chosen = zone.querySelector("[data-drop-chosen]");
  const max = Number(zone.dataset.dropMax) || Infinity;
  let depth = 0;

  function mark(change) {
    depth = Math.max(0, depth + change);
    zone.classList.toggle("over", depth > 0);
  }

  zone.addEventListener("dragenter", (event) => {
    event.preventDefault();
    mark(1);
  });
  zone.addEventListener("dragleave", () => mark(-1));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(-depth);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  field.addEventListener("change", () => {
    const files = [...field.files];
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const problem = total > max ? `That is ${size(total)}; up to ${size(max)} can be read at once.` : "";
    field.setCustomValidity(problem);
    if (chosen) {
      chosen.textContent = problem || files.map((file) => `${file.name}, ${size(file.size)}`).join("; ");
    }
  });
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
