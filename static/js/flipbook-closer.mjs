// @ts-check
// A page through the magnifying glass: its largest picture, scaled, and moved by scrolling or dragging.
const closer = document.querySelector(".closer");
const glass = closer.querySelector(".glass");
const image = new Image();
const told = closer.querySelector("output");
const MOST = 300;
let scale = 200;
let whole = 0; // pixels wide at 100 %: the whole page in the window
let held = null;
const page = document.createElement("div"); // the picture, and the marks over it
page.className = "paper";
image.draggable = false;
page.append(image);
glass.append(page);

// `x` and `y` say which point of the page (0 to 1) to bring to the middle.
function resize(to, x, y) {
  const before = page.getBoundingClientRect();
  const middle = { x: glass.clientWidth / 2, y: glass.clientHeight / 2 };
  const left = x ?? (middle.x - before.left) / before.width;
  const top = y ?? (middle.y - before.top) / before.height;
  scale = Math.min(MOST, Math.max(100, to));
  page.style.width = `${Math.round((whole * scale) / 100)}px`;
  told.textContent = `${scale}%`;
  const now = page.getBoundingClientRect();
  glass.scrollTo(now.width * left - middle.x, now.height * top - middle.y);
}

// Opens on the page of this link, at the point that was clicked.
export function look(picture, event) {
  const small = picture.querySelector("img");
  const box = small.getBoundingClientRect();
  const marks = picture.querySelector(".marks");
  const [wide, high] = [small.getAttribute("width"), small.getAttribute("height")];
  image.setAttribute("width", wide);
  image.setAttribute("height", high);
  image.src = picture.href;
  image.alt = small.alt;
  page.replaceChildren(image, ...(marks ? [marks.cloneNode(true)] : []));
  closer.showModal();
  whole = Math.min(glass.clientWidth, (glass.clientHeight * wide) / high);
  const pointed = event?.clientX; // a click by keyboard has no place
  resize(200, pointed ? (event.clientX - box.left) / box.width : 0.5, pointed ? (event.clientY - box.top) / box.height : 0);
  glass.focus({ preventScroll: true });
}

closer.querySelector(".scale").addEventListener("click", ({ target }) => {
  if (target.dataset.scale) resize(scale + Number(target.dataset.scale));
});
closer.addEventListener("keydown", (event) => {
  const by = { "+": 50, "=": 50, "-": -50 }[event.key];
  if (by) resize(scale + by);
  if (event.key === "0") resize(100);
});
closer.addEventListener("close", () => image.removeAttribute("src"));

// Fingers scroll by themselves; a mouse drags.
glass.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button) return;
  held = { x: event.clientX + glass.scrollLeft, y: event.clientY + glass.scrollTop };
  glass.setPointerCapture(event.pointerId);
  glass.classList.add("held");
});
glass.addEventListener("pointermove", (event) => {
  if (held) glass.scrollTo(held.x - event.clientX, held.y - event.clientY);
});
for (const end of ["pointerup", "pointercancel"]) {
  glass.addEventListener(end, () => {
    held = null;
    glass.classList.remove("held");
  });
}
