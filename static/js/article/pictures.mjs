// @ts-check
// An article's pictures, each as large as the screen: by keys, by swiping, with caption and words.
const pictures = [...document.querySelectorAll(".reading a.enlarge")];
const FAR = 45; // pixels that make a swipe
const dialog = document.createElement("dialog");
const image = document.createElement("img");
const words = document.createElement("figcaption");
const buttons = { back: button("上一张", "‹"), on: button("下一张", "›"), shut: button("关闭", "×") };
let at = 0;
let start;

function button(name, sign) {
  const made = document.createElement("button");
  made.type = "button";
  made.setAttribute("aria-label", name);
  made.textContent = sign;
  return made;
}

/** @param {HTMLAnchorElement} picture */
function caption(picture) {
  return picture.closest("figure")?.querySelector("figcaption")?.textContent.trim() ?? "";
}

function show() {
  const picture = pictures[at];
  const small = picture.querySelector("img");
  const told = caption(picture);
  image.sizes = "100vw";
  image.srcset = small.srcset;
  image.src = picture.href;
  image.alt = small.alt;
  image.width = Number(small.getAttribute("width"));
  image.height = Number(small.getAttribute("height"));
  const parts = [told, small.alt && small.alt !== told ? `图中：${small.alt}` : ""];
  if (pictures.length > 1) parts.push(`${at + 1} / ${pictures.length}`);
  words.replaceChildren(
    ...parts.filter(Boolean).map((part) => {
      const line = document.createElement("span");
      line.textContent = part;
      return line;
    }),
  );
  buttons.back.disabled = at === 0;
  buttons.on.disabled = at === pictures.length - 1;
}

function turn(by) {
  const next = at + by;
  if (next < 0 || next >= pictures.length) return;
  at = next;
  show();
}

/** @param {HTMLAnchorElement} picture */
export function open(picture) {
  at = Math.max(0, pictures.indexOf(picture));
  show();
  dialog.showModal();
}

const figure = document.createElement("figure");
dialog.className = "enlarged";
dialog.setAttribute("aria-label", "大图");
words.setAttribute("aria-live", "polite");
figure.append(image, words);
dialog.append(figure, buttons.back, buttons.on, buttons.shut);
document.body.append(dialog);
for (const one of [buttons.back, buttons.on]) one.hidden = pictures.length < 2;

buttons.back.addEventListener("click", () => turn(-1));
buttons.on.addEventListener("click", () => turn(1));
buttons.shut.addEventListener("click", () => dialog.close());
dialog.addEventListener("keydown", ({ key }) => {
  const by = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }[key];
  if (by) turn(by);
  if (key === "Home") turn(-at);
  if (key === "End") turn(pictures.length - 1 - at);
});
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog || target === figure) dialog.close(); // beside the picture
});
dialog.addEventListener("close", () => {
  image.removeAttribute("srcset");
  image.removeAttribute("src");
  pictures[at].focus({ preventScroll: true });
  pictures[at].scrollIntoView({ block: "nearest" });
});
// Two fingers look closer, which is the browser's own.
dialog.addEventListener("touchstart", ({ touches }) => {
  start = touches.length === 1 && (visualViewport?.scale ?? 1) < 1.05 ? touches[0] : null;
});
dialog.addEventListener("touchend", ({ changedTouches }) => {
  if (!start) return;
  const { clientX, clientY } = changedTouches[0];
  const [across, down] = [clientX - start.clientX, clientY - start.clientY];
  if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down)) turn(across < 0 ? 1 : -1);
  else if (down > 2 * FAR && down > 2 * Math.abs(across)) dialog.close();
});
