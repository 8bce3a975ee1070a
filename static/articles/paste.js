// What Word, WPS and WeChat put on the clipboard, made ordinary HTML before the editor sees it.
// The server does the same for what comes another way (articles/bodies/clipboard.py): same files, same tests.
// A classic script, as the editor is.
(() => {
  const LEVEL = /mso-list:\s*l\d+\s+level([1-9])/i;
  const IGNORED = /mso-list:\s*ignore/i;
  // A number that a list counts by itself. 一、 and （一） are words of this journal's headings.
  const NUMBER = /^(?:[(（]?(\d{1,4}|[a-zA-Z]{1,4})[.、)）．]|\d{1,4})$/;
  const WORDS = /\d|[\p{L}\p{N}_]{2}|[\u4e00-\u9fff\u2460-\u24ff]/u;
  // oxlint-disable-next-line no-misleading-character-class -- the joiners of an emoji, one by one
  const EMOJI = /^(\[[^[\]]{1,6}\]|[\u203c-\u2bff\u{1f000}-\u{1faff}\ufe0f\u200d]{1,8})$/u;

  const styleOf = (element) => element.getAttribute("style") ?? "";

  function plainEmoji(root) {
    for (const image of root.querySelectorAll("img[alt]")) {
      if (EMOJI.test(image.alt)) image.replaceWith(image.alt);
    }
  }

  // A note's number is raised in the text and stands as it is before the note; no link.
  function plainNotes(root) {
    for (const link of root.querySelectorAll("a")) {
      if (!/mso-(foot|end)note-id/.test(styleOf(link))) continue;
      const isBack = /#_(ftn|edn)ref/.test(link.getAttribute("href") ?? "");
      const number = isBack ? document.createTextNode(link.textContent) : document.createElement("sup");
      if (!isBack) number.textContent = link.textContent;
      link.replaceWith(number);
    }
  }

  // Takes away the mark that Word would draw, and gives its words.
  function takeMark(paragraph) {
    const mark = [...paragraph.querySelectorAll("span")].find((each) => IGNORED.test(styleOf(each)));
    if (!mark) return "";
    const words = mark.textContent.replace(/\u00a0/g, " ").trim();
    mark.remove();
    return words;
  }

  function kindOf(mark) {
    if (!mark || (!NUMBER.test(mark) && WORDS.test(mark))) return null;
    if (!NUMBER.test(mark) || (mark.length === 1 && !/\d/.test(mark))) return { tag: "ul" };
    const digits = mark.replace(/[(（.、)）．]/g, "");
    return { tag: "ol", start: /^\d+$/.test(digits) && digits !== "1" ? digits : null };
  }

  function plainLists(root) {
    let open = []; // the lists that the next item may go on with: { level, tag, list }
    let last = null;
    for (const paragraph of root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
      const level = Number(LEVEL.exec(styleOf(paragraph))?.[1] ?? 0);
      if (!level) continue;
      paragraph.removeAttribute("style");
      const mark = takeMark(paragraph);
      const kind = paragraph.tagName === "P" ? kindOf(mark) : null;
      if (!kind) {
        paragraph.prepend(mark);
        continue;
      }
      if (!last || paragraph.previousElementSibling !== last || (paragraph.previousSibling?.nodeType === Node.TEXT_NODE && paragraph.previousSibling.textContent.trim())) open = [];
      last = put(paragraph, level, kind, open) ?? last;
    }
  }

  // Puts an item into the list that is open at its level; gives the outermost list.
  function put(paragraph, level, kind, open) {
    while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && open.at(-1).tag !== kind.tag))) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = document.createElement(kind.tag);
      if (kind.start) list.setAttribute("start", kind.start);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else paragraph.before(list);
      open.push({ level, tag: kind.tag, list });
    }
    const item = document.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).list.append(item);
    paragraph.remove();
    return open[0].list;
  }

  // The words of a Word file's own machinery are no text.
  function dropMachinery(root) {
    root.querySelectorAll("xml, style, script, title, meta, link, mp-style-type").forEach((each) => each.remove());
    const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (comments.nextNode()) found.push(comments.currentNode);
    found.forEach((each) => each.remove());
  }

  // A pasted page's own title is a heading of ours.
  function plainHeadings(root) {
    for (const heading of root.querySelectorAll("h1, h5, h6")) {
      const own = document.createElement(heading.tagName === "H1" ? "h2" : "h4");
      own.append(...heading.childNodes);
      heading.replaceWith(own);
    }
  }

  globalThis.plainPaste = (source) => {
    const { body } = new DOMParser().parseFromString(source, "text/html");
    dropMachinery(body);
    plainEmoji(body);
    plainNotes(body);
    plainLists(body);
    plainHeadings(body);
    return body.innerHTML;
  };
})();
