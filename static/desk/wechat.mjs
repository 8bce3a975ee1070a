// @ts-check
// Copies a message as rich text, its pictures inside it, and counts as one writes.

const frame = document.querySelector("[data-preview]");
const button = document.querySelector("[data-copy]");
const told = document.querySelector("[data-told]");
//: What the platform's editor takes in one paste, in bytes of pictures.
const ROOM = 2_000_000;

for (const output of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(output.dataset.count);
  const most = Number(output.dataset.most);
  const show = () => {
    output.textContent = `${[...field.value].length}/${most}`;
    output.classList.toggle("over", [...field.value].length > most);
  };
  field.addEventListener("input", show);
  show();
}

const looks = document.querySelector(".looks");
looks.classList.add("scripted");
looks.addEventListener("change", () => looks.submit());

// A picture as data: the platform cannot fetch from inside the bank's network.
function dataOf(image) {
  const scale = Math.min(1, 1080 / image.naturalWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.82);
}

async function prepared() {
  const message = frame.contentDocument.querySelector("#message .body").cloneNode(true);
  let room = ROOM;
  let left = 0;
  for (const [index, image] of [...message.querySelectorAll("img")].entries()) {
    const loaded = new Image();
    loaded.src = image.src;
    await loaded.decode();
    const data = dataOf(loaded);
    room -= data.length;
    if (room > 0) {
      image.setAttribute("src", data);
    } else {
      image.replaceWith(`（图 ${index + 1}，请从压缩包里上传）`);
      left += 1;
    }
  }
  return { html: message.innerHTML, text: message.innerText, left };
}

// Where the page is not served over HTTPS there is no clipboard but the old one.
function copySelection(html) {
  const page = frame.contentDocument;
  const holder = page.createElement("div");
  holder.innerHTML = html;
  page.body.append(holder);
  const range = page.createRange();
  range.selectNodeContents(holder);
  const selection = frame.contentWindow.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  frame.contentWindow.focus();
  const done = page.execCommand("copy");
  selection.removeAllRanges();
  holder.remove();
  return done;
}

async function copy() {
  button.disabled = true;
  told.textContent = "正在准备图片……";
  try {
    const { html, text, left } = await prepared();
    if (globalThis.ClipboardItem && navigator.clipboard?.write) {
      const parts = { "text/html": html, "text/plain": text };
      const blobs = Object.fromEntries(Object.entries(parts).map(([type, part]) => [type, new Blob([part], { type })]));
      await navigator.clipboard.write([new ClipboardItem(blobs)]);
    } else if (!copySelection(html)) {
      throw new Error("refused");
    }
    told.textContent = left ? `已复制。有 ${left} 张图片太大，请从压缩包里上传。` : "已复制，到公众号后台的正文里粘贴。";
  } catch {
    told.textContent = "没有复制成功。请在右边的手机里按住选中全文，再复制。";
  }
  button.disabled = false;
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
