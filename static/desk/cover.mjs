// @ts-check
// The cover is drawn anew as one chooses, titles go into the lines, and a part of a picture is
// framed by mouse or finger. Without this the numbers and the button do the same.

const form = document.getElementById("cover-design");
const preview = document.getElementById("cover-preview");
const lines = document.getElementById("id_cover_lines");
const upload = document.getElementById("id_cover_picture");
const crop = document.getElementById("crop");
const part = crop.querySelector(".part");
const numbers = [...form.querySelectorAll(".numbers input")];
//: Pixels across that a preview needs of a photograph.
const ENOUGH = 900;
const PAUSE = 300;

let chosen = null; // the picture in hand, small
let timer = 0;
let asked = 0;

async function draw() {
  const turn = ++asked;
  const data = new FormData(form);
  data.set("live", "1");
  data.delete("cover");
  if (chosen) data.set("cover_picture", chosen, "picture.jpg");
  else data.delete("cover_picture");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (turn === asked && (answer.ok || answer.status === 409 || answer.status === 422)) {
      const told = await answer.text();
      if (turn === asked) {
        preview.replaceChildren(
          ...new DOMParser().parseFromString(told, "text/html").body.childNodes,
        );
      }
    }
  } catch {
    // Away for a moment: the button still works.
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE);
}

form.addEventListener("input", soon);
form.addEventListener("change", soon);

// Titles

const written = () => lines.value.split("\n").map((line) => line.trim()).filter(Boolean);

for (const box of form.querySelectorAll("[data-title]")) {
  box.addEventListener("change", () => {
    const others = written().filter((line) => line !== box.dataset.title);
    lines.value = (box.checked ? [...others, box.dataset.title] : others).join("\n");
  });
}
lines.addEventListener("input", () => {
  const now = new Set(written());
  for (const box of form.querySelectorAll("[data-title]")) box.checked = now.has(box.dataset.title);
});

// A picture of one's own

upload.addEventListener("change", async () => {
  const [file] = upload.files;
  chosen = null;
  if (!file) return;
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, ENOUGH / image.width);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    chosen = await new Promise((done) => {
      canvas.toBlob(done, "image/jpeg", 0.85);
    });
    crop.querySelector("img").src = canvas.toDataURL("image/jpeg", 0.85);
    crop.hidden = false;
    form.querySelector('[name="cover_motif"][value="picture"]').checked = true;
    [0, 0, 100, 100].forEach((value, place) => {
      numbers[place].value = value;
    });
    frame();
  } catch {
    crop.hidden = true; // no picture that this browser knows; the server says why
  }
  soon();
});

function frame() {
  const [left, top, wide, high] = numbers.map((field) => Number(field.value) || 0);
  Object.assign(part.style, { left: `${left}%`, top: `${top}%`, width: `${wide}%`, height: `${high}%` });
}

let from = null;

function at(event) {
  const box = crop.getBoundingClientRect();
  const share = (value, size) => Math.round(Math.min(Math.max(value / size, 0), 1) * 100);
  return [share(event.clientX - box.left, box.width), share(event.clientY - box.top, box.height)];
}

crop.addEventListener("pointerdown", (event) => {
  from = at(event);
  crop.setPointerCapture(event.pointerId);
});
crop.addEventListener("pointermove", (event) => {
  if (!from) return;
  const to = at(event);
  const wide = Math.abs(to[0] - from[0]);
  const high = Math.abs(to[1] - from[1]);
  if (wide < 5 || high < 5) return;
  [Math.min(from[0], to[0]), Math.min(from[1], to[1]), wide, high].forEach((value, place) => {
    numbers[place].value = value;
  });
  frame();
});
for (const ends of ["pointerup", "pointercancel"]) {
  crop.addEventListener(ends, () => {
    if (from) soon();
    from = null;
  });
}
for (const field of numbers) field.addEventListener("input", frame);
frame();
