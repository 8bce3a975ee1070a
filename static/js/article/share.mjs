// @ts-check
// An article passed on: by the telephone's own sheet, or copied.

/** @param {HTMLButtonElement} button */
export async function share(button) {
  const { title, address } = button.dataset;
  try {
    await navigator.share({ title, url: address });
  } catch {
    // Thought better of it.
  }
}

/**
 * Copies what an element of the page says; where a browser does not let us (an intranet without
 * HTTPS), it is selected, and a key does the rest.
 * @param {HTMLButtonElement} button
 */
export async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const day = source.querySelector?.("[data-day]");
  if (day) day.textContent = today();
  const words = "value" in source ? source.value : source.textContent.trim();
  try {
    await navigator.clipboard.writeText(words);
    tell(button, "已复制");
  } catch {
    select(source);
    tell(button, "已选中，按 Ctrl+C 复制");
  }
}

// As GB/T 7714 writes the day on which somebody read it.
function today() {
  const now = new Date();
  const part = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}

function select(source) {
  if ("select" in source) source.select();
  else getSelection().selectAllChildren(source);
}

function tell(button, words) {
  const told = button.parentElement.querySelector("[role=status]");
  told.textContent = words;
  setTimeout(() => (told.textContent = ""), 4000);
}
