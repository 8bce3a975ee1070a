// What CKEditor needs from us: the CSRF token for uploads, headings that the journal knows, a count.
// A classic script: it must run between CKEditor's own script and its start.
(() => {
  "use strict";
  if (typeof CKEDITOR === "undefined") return;

  const tokenOf = (editor) =>
    editor.element.$.form.querySelector("[name=csrfmiddlewaretoken]").value;

  // Fees and limits count characters without spaces, as articles/html.py does.
  const lengthOf = (text) => text.replace(/\s/g, "").length;

  CKEDITOR.on("instanceReady", ({ editor }) => {
    editor.on("fileUploadRequest", (event) => {
      event.data.fileLoader.xhr.setRequestHeader("X-CSRFToken", tokenOf(editor));
    });

    // h1 is the title's; deeper ones than h4 do not exist here.
    editor.on("paste", (event) => {
      event.data.dataValue = event.data.dataValue
        .replace(/<(\/?)h1(?=[\s>])/gi, "<$1h2")
        .replace(/<(\/?)h[56](?=[\s>])/gi, "<$1h4")
        .replace(/<(\/?)section(?=[\s>])/gi, "<$1p");
    });

    const line = editor.element.$.closest(".field")?.querySelector("[data-count]");
    if (line) {
      const help = line.textContent;
      const count = () => {
        const length = lengthOf(editor.editable().getText());
        line.textContent = length ? `已写 ${length} 字。${help}` : help;
      };
      editor.on("change", CKEDITOR.tools.debounce?.(count, 300) ?? count);
      count();
    }
    editor.container.setAttribute("aria-label", "正文编辑区");
  });
})();
