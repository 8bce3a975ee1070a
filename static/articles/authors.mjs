// Author rows: add, move, clear. The numbers that the form sends without this script are filled in
// by it; problems get the focus, so that a reader of the screen hears them first.

const box = document.querySelector("[data-authors]");
const rows = box.querySelector("[data-rows]");
const total = box.querySelector("[name$=TOTAL_FORMS]");
const limit = Number(box.querySelector("[name$=MAX_NUM_FORMS]").value);
const addButton = box.querySelector("[data-add]");

const all = () => [...rows.querySelectorAll("[data-row]")];
const isEmpty = (row) => !row.querySelector("[name$=-name]").value;

function renumber() {
  all().forEach((row, index) => {
    row.querySelector("[name$=-ORDER]").value = index + 1;
  });
}

function add() {
  const row = all().at(-1).cloneNode(true);
  const index = Number(total.value);
  for (const field of row.querySelectorAll("[name]")) {
    field.name = field.name.replace(/-\d+-/, `-${index}-`);
    field.id = field.id.replace(/-\d+-/, `-${index}-`);
    field.value = "";
  }
  for (const label of row.querySelectorAll("label")) {
    label.htmlFor = label.htmlFor.replace(/-\d+-/, `-${index}-`);
  }
  for (const error of row.querySelectorAll(".error")) error.remove();
  total.value = index + 1;
  rows.append(row);
  addButton.hidden = index + 1 >= limit;
  renumber();
  row.querySelector("[name$=-name]").focus();
}

function act(event) {
  const button = event.target.closest("button");
  const row = button?.closest("[data-row]");
  if (!row) return;
  if ("up" in button.dataset) row.previousElementSibling?.before(row);
  if ("down" in button.dataset) row.nextElementSibling?.after(row);
  if ("clear" in button.dataset) {
    for (const field of row.querySelectorAll("[name$=-name], [name$=-branch]")) field.value = "";
    if (all().length > 1) row.hidden = true;
  }
  renumber();
  button.focus();
}

box.classList.add("scripted");
for (const tools of box.querySelectorAll("[data-tools]")) tools.hidden = false;
addButton.hidden = Number(total.value) >= limit;
all().slice(1).filter(isEmpty).forEach((row) => (row.hidden = true));
addButton.addEventListener("click", () => {
  const spare = all().find((row) => row.hidden);
  if (!spare) return add();
  spare.hidden = false;
  rows.append(spare);
  renumber();
  spare.querySelector("[name$=-name]").focus();
});
rows.addEventListener("click", act);
rows.closest("form").addEventListener("submit", renumber);
document.querySelector("#problems")?.focus();
