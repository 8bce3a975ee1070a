/* global CKEDITOR */
// CKEditor on our pages: uploads with a token, clean paste, plain words, a live count.
// A classic script: it must be there before the editor starts, and modules come later.
(() => {
  if (typeof CKEDITOR === "undefined") return; // it did not load: the plain text area does as well
  const LABELS = {
    common: { image: "图片" },
    image2: { title: "图片", captioned: "图片下面写图注", captionPlaceholder: "", alt: "替换文本（给看不见图的读者）" },
  };
  const count = (text) => text.replace(/\s/g, "").length;

  function showLength(editor) {
    const output = document.querySelector("[data-length]");
    if (output) output.textContent = count(editor.editable()?.getText() ?? "");
  }

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
    event.data.dataValue = event.data.dataValue
      .replace(/<(\/?)h1(?=[\s>])/gi, "<$1h2")
      .replace(/<(\/?)h[56](?=[\s>])/gi, "<$1h4");
  }

  // The editor uploads pictures that are given as base64, and stumbles over any other data.
  const isOurs = (source) => /^(\/pictures\/|data:image\/(png|jpeg|jpg|webp|gif);base64,|blob:)/.test(source) || source.startsWith(`${location.origin}/pictures/`);

  // Another site's pictures are not ours to link to; the writer is told, not left to find out.
  function refuseForeignPictures(event) {
    const holder = new DOMParser().parseFromString(event.data.dataValue, "text/html");
    const foreign = [...holder.querySelectorAll("img")].filter((image) => !isOurs(image.getAttribute("src") ?? ""));
    if (!foreign.length) return;
    foreign.forEach((image) => image.remove());
    event.data.dataValue = holder.body.innerHTML;
    event.editor.showNotification(`有 ${foreign.length} 张图片粘贴不进来，请先存到电脑里，再拖进来。`, "warning");
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
    editor.on("paste", giveFilesToTray, null, null, 1);
    editor.on("paste", refuseForeignPictures, null, null, 2);
    editor.on("paste", mapHeadings, null, null, 2);
    editor.on("toHtml", makeEditable, null, null, 6);
    const changed = () => {
      showLength(editor);
      document.dispatchEvent(new CustomEvent("editorchange"));
    };
    editor.on("change", changed);
    // Chinese is composed: what an input method puts in reaches the editor's own event late or never.
    editor.on("contentDom", () => {
      const editable = editor.editable();
      editable.attachListener(editable, "input", changed);
      // A picture has no height until it is there; the frame grows when it is.
      editable.$.addEventListener("load", () => editor.execCommand("autogrow"), true);
    });
    editor.on("instanceReady", () => showLength(editor));
  });

  CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name !== "image2") return;
    const caption = data.definition.getContents("info").get("hasCaption");
    caption.default = "checked";
  });
})();
