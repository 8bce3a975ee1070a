// @ts-check
// Suggests names and titles while somebody types, in characters or in pinyin. Without it the form is
// sent as it is.
const input = document.querySelector("input[data-suggest]");
const list = document.createElement("ul");
const pause = 150; // milliseconds without a key
let timer = 0;
let asked = new AbortController();
let at = -1;

list.id = "suggestions";
list.className = "suggestions";
list.role = "listbox";
list.ariaLabel = "也许是";
list.hidden = true;
input.form.append(list);
input.role = "combobox";
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", list.id);
input.ariaExpanded = "false";

function close() {
  list.hidden = true;
  at = -1;
  input.ariaExpanded = "false";
  input.removeAttribute("aria-activedescendant");
}

function small(text) {
  const part = document.createElement("span");
  part.className = "meta";
  part.textContent = text;
  return part;
}

function option(found, number) {
  const row = document.createElement("li");
  row.id = `suggestion-${number}`;
  row.role = "option";
  row.ariaSelected = "false";
  row.dataset.address = found.address;
  row.append(small(found.kind), found.label, small(found.note));
  return row;
}

function show(suggestions) {
  close();
  list.replaceChildren(...suggestions.map(option));
  list.hidden = suggestions.length === 0;
  input.ariaExpanded = String(!list.hidden);
}

function go(row) {
  location.assign(row.dataset.address);
}

function choose(step) {
  const rows = [...list.children];
  rows[at]?.setAttribute("aria-selected", "false");
  at = (at + step + rows.length + 1) % (rows.length + 1);
  if (at === rows.length) at = -1; // between the last and the first stands what was typed
  if (at < 0) input.removeAttribute("aria-activedescendant");
  else {
    rows[at].ariaSelected = "true";
    input.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  }
}

async function ask() {
  asked.abort();
  const words = input.value.trim();
  if (!words) {
    close();
    return;
  }
  asked = new AbortController();
  const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, {
    signal: asked.signal,
  });
  if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  // Without a network, or overtaken by the next letter: there are no suggestions.
  timer = setTimeout(() => ask().catch(() => {}), pause);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing || list.hidden) return; // the keys are the input method's
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    go(list.children[at]);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
  }
});
input.addEventListener("blur", close);
// Before the field loses its focus, and with it the list.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const row = event.target.closest("li");
  if (row) go(row);
});
