// @ts-check
// The reading ruler of 长辈版: a clear band over the text, the rest dimmed. It goes where a mouse
// points; under fingers it stands, and the text goes.
const band = document.createElement("div");
band.className = "ruler";
band.setAttribute("aria-hidden", "true");

/** @param {PointerEvent} event */
function follow({ clientY, pointerType }) {
  if (pointerType === "mouse") band.style.top = `${clientY}px`;
}

/** @param {boolean} isOn */
export function show(isOn) {
  removeEventListener("pointermove", follow);
  if (!isOn) return band.remove();
  document.body.append(band);
  addEventListener("pointermove", follow, { passive: true });
}
