/* global CKEDITOR, plainPaste */
// CKEditor on our pages: uploads with a token, clean paste, plain words.
// A classic script: it must be there before the editor starts, and modules come later.
(() => {
  if (typeof CKEDITOR === "undefined") return; // it did not load: the plain text area does as well
  const LABELS = {
    common: { image: "图片" },
    image2: { title: "图片", captioned: "图片下面写图注", captionPlaceholder: "", alt: "替换文本（给看不见图的读者）" },
  };
  function messageOf(xhr) {
    try {
      return JSON.parse(xhr.responseText).error.message;
    } catch {
      return "图片没有传上去，请看看网络，再试一次。";
    }
  }

  // CKEditor shows the server's own sentence only for answers of 200.
  function sendWithToken(event) {
    const { fileLoader } = event.data;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    fileLoader.xhr.setRequestHeader("X-CSRFToken", token);
    fileLoader.on("error", () => { fileLoader.message = messageOf(fileLoader.xhr); }, null, null, 1);
  }

  // A pasted page's own title is a heading of ours; what was only laid out as one stays a paragraph.
  function mapHeadings(event) {
    if (event.data.dataValue.includes("mso-")) return; // of Word's levels it is told more than their names
    event.data.dataValue = event.data.dataValue
      .replace(/<(\/?)h1(?=[\s>])/gi, "<$1h2")
      .replace(/<(\/?)h[56](?=[\s>])/gi, "<$1h4");
  }

  // WPS says that it is Word. The editor's own cleaning of Word's HTML takes lists for headings and
  // bullets for letters: it gets them already plain, and only finds the pictures in the clipboard.
  function makePlain(event) {
    const { html, left } = plainPaste(event.data.dataValue);
    event.data.dataValue = html;
    sayWhatWasLeft(event.editor, left);
  }

  // As an imported file does (articles/word/remarks.py).
  const LEFT = {
    comments: (count) => `${count} 条批注没有粘贴进来。`,
    deletions: (count) => `${count} 处已删除的文字没有粘贴进来。`,
    hidden: (count) => `${count} 处隐藏的文字没有粘贴进来。`,
    ruby: (count) => `${count} 处拼音没有粘贴进来，只留下汉字。`,
    signs: (count) => `${count} 个特殊符号认不出来，没有粘贴进来。请对照原稿看一遍。`,
    insertions: (count) => `${count} 处修订时新加的文字已当作正文。`,
  };

  function sayWhatWasLeft(editor, left) {
    const words = Object.entries(LEFT).filter(([name]) => left[name]).map(([name, say]) => say(left[name]));
    if (words.length) editor.showNotification(words.join(""), "warning");
  }

  // WeChat's pages, and all others that hide words or set them in bold by style alone. What moves
  // within the text stays as it is.
  function makeOthersPlain(event) {
    const { dataTransfer, dataValue } = event.data;
    const isOwn = dataTransfer?.getTransferType(event.editor) === CKEDITOR.DATA_TRANSFER_INTERNAL;
    const isWorthIt = /data-src=|leaf=|wx_fmt|class="?rich_pages|display:\s*none|<rt[\s>]|font-(weight|style):|vertical-align:\s*su[bp]|<[bi][\s>]|<input|<text indent|<note>|hw_font|aria-level|[\uf000-\uf0ff]/.test(dataValue);
    if (!isOwn && isWorthIt && !/mso-/.test(dataValue)) makePlain(event);
  }

  // The editor takes single line ends of plain text for ends of lines in one paragraph. Here each
  // line that somebody brings is one, as in a text that is brought without scripts.
  function makeParagraphs(event) {
    const { dataTransfer, type } = event.data;
    const words = type === "text" ? (dataTransfer?.getData("text/plain") ?? "") : "";
    const lines = words.split(/\r\n?|\n|\u2028|\u2029/).map((line) => line.trim()).filter(Boolean);
    if (lines.length > 1) event.data.dataValue = lines.map((line) => `<p>${CKEDITOR.tools.htmlEncode(line)}</p>`).join("");
  }

  const isOurs = (source) => source.startsWith("/pictures/") || source.startsWith(`${location.origin}/pictures/`);
  // The editor uploads pictures that are given as base64, and stumbles over any other data.
  const isGiven = (source) => /^data:image\/(png|jpeg|jpg|webp|gif);base64,[a-z0-9+/=\s]+$/i.test(source);

  // Another site's pictures are not ours to link to, and those of a file on the writer's disk do
  // not come along; the writer is told, not left to find out.
  function sortOutPictures(event) {
    if (!/<img/i.test(event.data.dataValue)) return;
    const holder = new DOMParser().parseFromString(event.data.dataValue, "text/html");
    const images = [...holder.querySelectorAll("img")].filter((image) => !image.dataset.ckeUploadId);
    const source = (image) => image.getAttribute("src") ?? "";
    const missing = images.filter((image) => !isOurs(source(image)) && !isGiven(source(image)));
    missing.forEach((image) => image.remove());
    giveToTray(images.filter((image) => isGiven(source(image))));
    event.data.dataValue = holder.body.innerHTML;
    if (missing.length) event.editor.showNotification(`有 ${missing.length} 张图片粘贴不进来，请先存到电脑里，再拖进来。`, "warning");
  }

  // Pictures in a paste go the way of all files; a word in the text keeps their place meanwhile.
  let given = 0;
  function giveToTray(images) {
    if (!images.length || !document.querySelector("[data-tray]")) return;
    const files = images.map(fileOf);
    const marks = images.map(() => `〔第 ${++given} 张粘贴的图片正在上传〕`);
    images.forEach((image, index) => image.replaceWith(marks[index]));
    // Behind this paste: the marks have to stand in the text first.
    setTimeout(() => document.dispatchEvent(new CustomEvent("picturefiles", { cancelable: true, detail: { files, marks } })));
  }

  // What is no base64 after all goes to the server as nothing, which refuses it in words.
  function decoded(data) {
    try {
      return atob(data.replace(/\s/g, ""));
    } catch {
      return "";
    }
  }

  function fileOf(image, index) {
    const [head, data] = image.getAttribute("src").split(",", 2);
    const type = /image\/\w+/.exec(head)[0];
    const bytes = Uint8Array.from(decoded(data), (each) => each.charCodeAt(0));
    return new File([bytes], `粘贴的图片 ${index + 1}.${type.slice(6)}`, { type });
  }

  // What is stored is a plain <figure>; the editor's picture wants a class, and a place for a
  // caption. One that stays empty is not stored, and its prompt (contents.css) is no text.
  function makeEditable(event) {
    event.data.dataValue.forEach((element) => {
      if (element.name === "img") frame(element);
      if (element.name !== "figure") return;
      element.addClass("image");
      if (!element.getFirst("figcaption")) element.add(new CKEDITOR.htmlParser.element("figcaption"));
    }, CKEDITOR.NODE_ELEMENT, true);
  }

  // A picture that stands alone in a paragraph of the text is a figure.
  function frame(image) {
    const paragraph = image.parent;
    const isAlone = paragraph.name === "p" && paragraph.children.every((each) => each === image || !each.value?.trim() && !each.name);
    if (isAlone && /^(https?:\/\/[^/]+)?\/pictures\//.test(image.attributes.src ?? "")) paragraph.name = "figure";
  }

  // Files go to the tray of pictures, where there is one: progress, cancel, retry. The text holds
  // nothing of them before they have arrived.
  function giveFilesToTray(event) {
    const { dataTransfer, dataValue } = event.data;
    const count = dataTransfer?.getFilesCount() ?? 0;
    if (!count || dataValue.replace(/<[^>]*>/g, "").trim()) return;
    const files = Array.from({ length: count }, (_, index) => dataTransfer.getFile(index));
    const taken = !document.dispatchEvent(new CustomEvent("picturefiles", { cancelable: true, detail: { files } }));
    if (taken) event.cancel();
  }

  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("langLoaded", () => {
      for (const [part, words] of Object.entries(LABELS)) Object.assign(editor.lang[part] ?? {}, words);
    });
    editor.on("fileUploadRequest", sendWithToken);
    let wasEmpty = false;
    editor.on("paste", () => { wasEmpty = !editor.editable().getText().trim(); }, null, null, 0);
    editor.on("afterPaste", () => { if (wasEmpty) document.dispatchEvent(new CustomEvent("pastedwhole")); });
    editor.on("paste", giveFilesToTray, null, null, 1);
    editor.on("paste", mapHeadings, null, null, 2);
    // Word's HTML is read by the editor's own cleaning (priority 3), which tells of it here.
    editor.on("pasteFromWord", makePlain);
    editor.on("paste", makeOthersPlain, null, null, 2);
    editor.on("paste", makeParagraphs, null, null, 2);
    editor.on("paste", sortOutPictures, null, null, 7);
    editor.on("toHtml", makeEditable, null, null, 6);
    const changed = () => document.dispatchEvent(new CustomEvent("editorchange"));
    editor.on("change", changed);
    // Chinese is composed: what an input method puts in reaches the editor's own event late or never.
    editor.on("contentDom", () => {
      const editable = editor.editable();
      editable.attachListener(editable, "input", changed);
      // A picture has no height until it is there; the frame grows when it is.
      editable.$.addEventListener("load", () => editor.execCommand("autogrow"), true);
    });
  });

  CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name !== "image2") return;
    const caption = data.definition.getContents("info").get("hasCaption");
    caption.default = "checked";
  });
})();
