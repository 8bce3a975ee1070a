// Dragging and arrow buttons on the make-up page. Both only fill in the number and the section of
// each article, which is what the form sends and what works without this script.

const form = document.querySelector("[data-make-up]");
const status = form.querySelector("[data-status]");
const saveButton = form.querySelector("[data-save]");
const lists = [...form.querySelectorAll("[data-list]")];

const sectionOf = (list) => list.closest("[data-section]").dataset.section;
const titleOf = (item) => item.querySelector(".what a").textContent;

function renumber() {
  for (const list of lists) {
    [...list.children].forEach((item, index) => {
      item.querySelector("[name^=place-]").value = index + 1;
      item.querySelector("[name^=section-]").value = sectionOf(list);
    });
    list.parentElement.querySelector("[data-empty]").hidden = list.children.length > 0;
  }
}

function moved(item, words) {
  renumber();
  form.classList.add("unsaved");
  saveButton.textContent = "保存目录（有改动）";
  status.textContent = `《${titleOf(item)}》${words}`;
}

function step(item, direction) {
  const list = item.parentElement;
  const neighbour = direction < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (neighbour) {
    neighbour[direction < 0 ? "before" : "after"](item);
  } else {
    const next = lists[lists.indexOf(list) + direction];
    if (!next) return;
    next[direction < 0 ? "append" : "prepend"](item);
  }
  const words = `移到“${form.querySelector(`[name=section-${item.dataset.article}] option[value="${sectionOf(item.parentElement)}"]`).textContent}”第 ${[...item.parentElement.children].indexOf(item) + 1} 篇`;
  moved(item, words);
  item.querySelector(direction < 0 ? "[data-up]" : "[data-down]").focus();
}

if (saveButton) {
  form.classList.add("scripted");
  form.querySelector("[data-help]").textContent =
    "按住左边的把手拖动，或用 ↑ ↓ 移动；排好后保存。";
  for (const moves of form.querySelectorAll("[data-moves]")) moves.hidden = false;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-down]");
    if (button) step(button.closest("[data-article]"), "up" in button.dataset ? -1 : 1);
  });
  form.addEventListener("change", (event) => {
    if (!event.target.name?.startsWith("section-")) return;
    const item = event.target.closest("[data-article]");
    lists.find((list) => sectionOf(list) === event.target.value).append(item);
    moved(item, "已换栏目");
  });
  for (const list of lists) {
    window.Sortable.create(list, {
      group: "contents",
      handle: "[data-handle]",
      animation: 120,
      onEnd: (event) => moved(event.item, "已移动"),
    });
  }
  let leaving = false;
  form.addEventListener("submit", () => (leaving = true));
  window.addEventListener("beforeunload", (event) => {
    if (form.classList.contains("unsaved") && !leaving) event.preventDefault();
  });
}
