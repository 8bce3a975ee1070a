// @ts-check
// Rows of authors by buttons. Without this script the same rows are filled in and numbered by hand.
import { form } from "./manuscript.mjs";

const list = form.querySelector("[data-authors]");
const status = form.querySelector("[data-authors-status]");
const addButton = form.querySelector("[data-add]");

const rows = () => [...list.querySelectorAll("[data-author]")];
const shown = () => rows().filter((row) => !row.hidden);
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isEmpty = (row) => !field(row, "name").value.trim() && !field(row, "branch").value;

function renumber() {
  const visible = shown();
  rows().forEach((row) => (field(row, "ORDER").value = visible.indexOf(row) + 1 || visible.length + 1));
  visible.forEach((row, index) => {
    row.querySelector("legend").textContent = `第 ${index + 1} 位作者`;
    row.querySelector("[data-up]").disabled = index === 0;
    row.querySelector("[data-down]").disabled = index === visible.length - 1;
    row.querySelector(".moves").hidden = visible.length === 1;
  });
  addButton.disabled = isFull() && visible.length === rows().length;
}

const total = form.querySelector('[name="authors-TOTAL_FORMS"]');
const isFull = () => Number(total.value) >= Number(form.querySelector('[name="authors-MAX_NUM_FORMS"]').value);

function blankRow() {
  const index = Number(total.value);
  const row = list.lastElementChild.cloneNode(true);
  row.querySelectorAll(".errorlist").forEach((errors) => errors.remove());
  for (const element of row.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of ["name", "id", "for"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace(/authors-\d+-/, `authors-${index}-`));
    }
    element.removeAttribute("aria-invalid");
    element.removeAttribute("aria-describedby");
  }
  total.value = index + 1;
  return row;
}

function clear(row) {
  field(row, "name").value = "";
  field(row, "branch").value = "";
  field(row, "DELETE").checked = false;
}

function nextRow() {
  const row = rows().find((each) => each.hidden && isEmpty(each)) ?? blankRow();
  clear(row);
  row.hidden = false;
  list.append(row);
  return row;
}

function add() {
  const row = nextRow();
  renumber();
  field(row, "branch").focus();
  status.textContent = `加了第 ${shown().length} 位作者`;
}

function move(row, direction) {
  const visible = shown();
  const other = visible[visible.indexOf(row) + direction];
  if (!other) return;
  other[direction < 0 ? "before" : "after"](row);
  renumber();
  const button = row.querySelector(direction < 0 ? "[data-up]" : "[data-down]");
  (button.disabled ? row.querySelector(direction < 0 ? "[data-down]" : "[data-up]") : button).focus();
  status.textContent = `移到第 ${shown().indexOf(row) + 1} 位`;
}

function remove(row) {
  const visible = shown();
  const next = visible[visible.indexOf(row) + 1] ?? visible[visible.indexOf(row) - 1];
  clear(row);
  row.hidden = true;
  renumber();
  field(next, "name").focus();
  status.textContent = "去掉了一位作者";
}

// A file that was brought in knows its authors: instead of those that are there, or behind them.
function fill({ rows: authors, instead }) {
  if (instead) shown().forEach((row) => { clear(row); row.hidden = true; });
  for (const { name, branch } of authors) {
    if (name && shown().some((row) => field(row, "name").value.trim() === name)) continue;
    const row = shown().find(isEmpty) ?? nextRow();
    field(row, "name").value = name;
    field(row, "branch").value = branch;
  }
  if (!shown().length) nextRow();
  renumber();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

form.addEventListener("fillauthors", ({ detail }) => fill(detail));
list.addEventListener("click", (event) => {
  const row = event.target.closest("[data-author]");
  if (event.target.closest("[data-up]")) move(row, -1);
  if (event.target.closest("[data-down]")) move(row, 1);
  if (event.target.closest("[data-remove]")) remove(row);
});
addButton.addEventListener("click", add);
// A text that was kept in the browser comes back: as many rows as it had, in its order.
form.addEventListener("rowsneeded", ({ detail }) => {
  rows().forEach(clear);
  while (Number(total.value) < detail) list.append(blankRow());
});
form.addEventListener("rowsfilled", () => {
  list.append(...rows().sort((one, other) => field(one, "ORDER").value - field(other, "ORDER").value));
  hideEmpty();
  renumber();
});

const hideEmpty = () => rows().forEach((row, index) => (row.hidden = index > 0 && isEmpty(row) && !row.querySelector(".errorlist")));
hideEmpty();
renumber();
