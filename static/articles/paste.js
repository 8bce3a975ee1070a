// What Word, WPS and WeChat put on the clipboard, made ordinary HTML before the editor sees it.
// The server does the same for what comes another way (articles/bodies/clipboard.py): same files, same tests.
// A classic script, as the editor is.
(() => {
  const LEVEL = /mso-list:\s*l\d+\s+level([1-9])/i;
  const IGNORED = /mso-list:\s*ignore/i;
  // What a list of ours prints by itself; 一、, 1) and a. are words, as in a Word file.
  const NUMBER = /^([1-9]\d{0,3})\.$/;
  // A letter of a font of bullets whose font was not told, and marks that say no more than a dot does.
  const LETTER = /^[A-Za-z\u00a7-\u00ff]$/;
  const MERE = /^[•·∙・⋅o◎⊙❖✧❑❒\-–—―\uf000-\uf0ff\u2190-\u21ff\u25a0\u25a2-\u25ff\u2794\u2798-\u27be\u2b00-\u2bff]$/;
  // Behind these no space has to stand.
  const CLOSED = /[、）：。．】〕》]$/;
  const HIDDEN = /display:\s*none|mso-hide:\s*all/i;
  const COMMENT = ".msocomanchor, .MsoCommentReference, [style*='mso-element:comment'], [style*='mso-comment-author']";
  const MARGIN = "[style*='mso-element:header'], [style*='mso-element:footer']";
  // Fonts whose letters are pictures, from "!" on; a blank where nobody knows (articles/symbols.py).
  const SIGNS = {
    "wingdings": "🖉✂✁👓🕭🕮🕯☎✆✉✉📪📫📬📭🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍✍✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳🏱✈☼🌢❄🕆✞🕈✠✡☪☯🕉☸♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵●○■□□❑❒◆◆◆❖◆☒↑⌘🏵🏶“”▯⓪➀➁➂➃➄➅➆➇➈➉⓿➊➋➌➍➎➏➐➑➒➓🙢🙠🙡🙣🙞🙜🙝🙟∙•▪○○○◎◎○▪□★★★★★★★⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛↙↘↖↗←→←→🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦←→→←←→↑↓←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂→→✘✓☒☑ ",
    "wingdings 2": "🖊🖋🖌🖍✄✀☎☎🗅🗆🗇🗈🗉🗊🗋🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗✓☒☑☒☒⊗⊗🛇⦸🙱🙴🙲🙳‽🙹🙺🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿ ☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤🕥🕦🕧🙨🙩⋅●●●○○○○⊙⦿■■■■□□□□▣▣▣▣◆◆◆◆◇◈◈◈◈◆◆◆◆◊◇◖◗⯊⯋■◆⬟⯂⬣⬢⯃⯄✚✚✚✚✚✚✚✕✕✕✕✕✕✕✱✱✱✱✱✱✱✱✱✱✱✱✱✱✱✱✱★★★★★★✶★★★★✹★★✯★★⯌⯍※⁂      ",
    "wingdings 3": "←→↑↓↖↗↙↘←→↑↓↖↘↑↓↔↕←→↑↓⭍←→←→←→←→←→←→←←→→←→↑↓→→←→→→⎋⌤⌃⌥␣⍽⇪↑←→←→←→←←←→←→←→↑↓↖↗↙↘↔↕▲▼△▽◀▶◁▷◣◢◤◥←→→ →⯅⯆⯇⯈←→↑↓←→↑↓←→↑↓←→↑↓←→↑↓←→↑↓←→↑↓←→↑↓←→←→←→←→→→→→←→←→←→↑↓←→↑↓←→↑↓←→↑↓←→↑↓←→←→←→←→←→↑↓↖↗↙↘←→↑↓↖↗↙↘←→↑↓↖↗↙↘←→↑↓←→↑↓               ",
    "webdings": "🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫→✔🚲⬜🛡📦🛱⬛🚑🛈🛩🛰★🕴⬤🛥🚔🗘🗙❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲 🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠🛢💰🏷💳👪🗡🗢🗣✯🖄🖅✉🖆🖹🖺🖻🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻🖥🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊",
    "symbol": "!∀#∃%&∍()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~                                 €ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ ",
  };
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

  // What nobody saw as text: a manager's comment that came along could be printed. Gives how many of each.
  function dropUnshown(root, isOfWord) {
    const left = { comments: 0, deletions: 0, hidden: 0, ruby: root.querySelectorAll("rt").length };
    root.querySelectorAll("rt, rp").forEach((each) => each.remove());
    const outermost = (selector) => [...root.querySelectorAll(selector)].filter((each) => !each.parentElement.closest(selector));
    const take = (selector) => outermost(selector).map((each) => (each.remove(), each));
    if (isOfWord) {
      left.comments = take(COMMENT).filter((each) => each.querySelector("a[href^='#_msocom']") || each.matches("a")).length;
      take(MARGIN);
      left.deletions = take("del, .msoDel").length;
      left.insertions = outermost("ins").length;
    }
    const hidden = [...root.querySelectorAll("[style]")].filter((each) => HIDDEN.test(styleOf(each)));
    left.hidden = hidden.filter((each) => each.textContent.trim()).length;
    hidden.filter((each) => !each.matches("br, hr, img")).forEach((each) => each.remove());
    return left;
  }

  // WPS and pages set in bold by style alone. The editor takes <b> and <i> of a web page for looks.
  function plainEmphasis(root) {
    for (const bold of root.querySelectorAll("b[style], strong[style]")) {
      if (/(?<![\w-])font-weight:\s*(?:normal|[1-5]00)/i.test(styleOf(bold))) bold.replaceWith(...bold.childNodes);
    }
    root.querySelectorAll("b").forEach((each) => renamed(each, "strong"));
    root.querySelectorAll("i").forEach((each) => renamed(each, "em"));
    for (const span of root.querySelectorAll("span[style]")) {
      const tags = span.parentElement.closest("sup, sub") ? [] : [[/(?<![\w-])vertical-align:\s*super(?![\w-])/i, "sup"], [/(?<![\w-])vertical-align:\s*sub(?![\w-])/i, "sub"]];
      tags.push([/(?<![\w-])font-style:\s*italic/i, "em"], [/(?<![\w-])font-weight:\s*(?:bold|[6-9]00)/i, "strong"]);
      for (const [way, tag] of tags) {
        if (!way.test(styleOf(span))) continue;
        const around = document.createElement(tag);
        around.append(...span.childNodes);
        span.append(around);
      }
    }
  }

  function signOf(letter, signs) {
    const code = letter.codePointAt(0);
    const place = code >= 0xf000 && code < 0xf100 ? code - 0xf000 : code;
    return place > 0x20 && place < 0x100 ? signs[place - 0x21].trim() : letter;
  }

  // What is typed in a font of signs, as it is seen there.
  function plainSigns(root) {
    for (const span of root.querySelectorAll("span[style*='ingdings' i], span[style*='ebdings' i], span[style*='ymbol' i]")) {
      const font = /(?<![\w-])(?:mso-symbol-font-family|font-family):\s*["']?((?:Wingdings|Webdings|Symbol)(?: [23])?)/i.exec(styleOf(span))?.[1];
      // The mark of an item is one sign; a number beside such a font is a number.
      const first = span.firstChild;
      const words = first?.nodeType === Node.ELEMENT_NODE && IGNORED.test(styleOf(first)) && first.firstChild?.length === 1 ? first.firstChild : first;
      if (!font || words?.nodeType !== Node.TEXT_NODE) continue;
      const signs = Array.from(SIGNS[font.toLowerCase()] ?? "");
      if (signs.length) words.data = Array.from(words.data, (each) => signOf(each, signs)).join("");
    }
  }

  // Signs whose font did not come along: nobody knows what was seen. Gives how many.
  function dropLostSigns(root) {
    let count = 0;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const kept = texts.currentNode.data.replace(/[\uf000-\uf0ff]/g, "");
      count += texts.currentNode.data.length - kept.length;
      if (kept.length < texts.currentNode.data.length) texts.currentNode.data = kept;
    }
    return count;
  }

  // Takes away the mark that Word would draw, and gives its words.
  function takeMark(paragraph) {
    const mark = [...paragraph.querySelectorAll("span")].find((each) => IGNORED.test(styleOf(each)));
    if (!mark) return "";
    const words = mark.textContent.replace(/\u00a0/g, " ");
    mark.remove();
    return words;
  }

  // null where the mark says more than a list of ours prints, or there is none.
  function kindOf(mark) {
    const number = Number(NUMBER.exec(mark)?.[1] ?? 0);
    if (number) return { tag: "ol", number };
    return mark && (LETTER.test(mark) || MERE.test(mark)) ? { tag: "ul", number: 0 } : null;
  }

  // The mark as a part of the words: with a space behind where there was one.
  function worded(mark) {
    const words = LETTER.test(mark.trim()) ? "•" : mark.trim();
    return words && /\s$/.test(mark) && !CLOSED.test(words) ? `${words} ` : words;
  }

  function plainLists(root) {
    let open = []; // the lists that the next item may go on with: { level, tag, list }
    let last = null;
    for (const paragraph of root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
      const level = Number(LEVEL.exec(styleOf(paragraph))?.[1] ?? 0);
      if (!level) continue;
      paragraph.removeAttribute("style");
      const mark = takeMark(paragraph);
      const kind = paragraph.tagName === "P" && !paragraph.closest("td, th") ? kindOf(mark.trim()) : null;
      if (!kind) {
        paragraph.prepend(worded(mark));
        continue;
      }
      if (!last || paragraph.previousElementSibling !== last || (paragraph.previousSibling?.nodeType === Node.TEXT_NODE && paragraph.previousSibling.textContent.trim())) open = [];
      last = put(paragraph, level, kind, open) ?? last;
    }
  }

  // Puts an item into the list that is open at its level; gives the outermost list.
  function put(paragraph, level, kind, open) {
    const carriesOn = (last) => last.tag === kind.tag && (!kind.number || kind.number === last.number + 1);
    while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && !carriesOn(open.at(-1))))) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = document.createElement(kind.tag);
      if (kind.number > 1) list.setAttribute("start", kind.number);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else paragraph.before(list);
      open.push({ level, tag: kind.tag, list });
    }
    open.at(-1).number = kind.number;
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

  function renamed(element, tag) {
    const own = document.createElement(tag);
    own.append(...element.childNodes);
    element.replaceWith(own);
    return own;
  }

  // A pasted page's own title is a heading of ours. Word's first level is our second, so each goes one
  // deeper; a single one is a title, and the others are as deep as they are.
  function plainHeadings(root, isOfWord) {
    const goDeeper = isOfWord && root.querySelectorAll("h1").length > 1;
    for (const heading of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const level = Number(heading.tagName[1]) + goDeeper;
      renamed(heading, `h${Math.min(Math.max(level, 2), 4)}`);
    }
  }

  // By rank: 一、 or 第一章; （一）. As in a file (articles/bodies/headlines.py).
  const CHINESE = "[一二三四五六七八九十]{1,3}";
  const NUMBERED = [
    new RegExp(`^(?:${CHINESE}\\s*[、．.](?=\\s*\\S)|第(?:${CHINESE}|\\d{1,2})[章节篇部]分?[\\s：:、]*\\S)`),
    new RegExp(`^[（(]\\s*${CHINESE}\\s*[）)]`),
  ];

  function rankOf(block) {
    const text = block.textContent.replace(/\s+/g, " ").trim();
    if (block.tagName !== "P" || !text || [...text].length > 45 || /[。！；…]$/.test(text) || text.includes("。")) return 0;
    return NUMBERED.findIndex((each) => each.test(text)) + 1;
  }

  // The blocks of the paste, whatever divisions of Word they stand in.
  function blocksOf(root) {
    const all = [...root.querySelectorAll("p, h2, h3, h4, ul, ol, table, blockquote, hr")];
    return all.filter((each) => !each.parentElement.closest("p, ul, ol, table, blockquote") && (each.textContent.trim() || !each.matches("p, h2, h3, h4")));
  }

  // Three numbered lines in a row with nothing between them are a list.
  function ranksOf(blocks) {
    return withoutRows(blocks.map(rankOf));
  }

  function withoutRows(ranks) {
    for (let start = 0, end = 0; end <= ranks.length; end += 1) {
      if (end < ranks.length && ranks[end] && ranks[end] === ranks[start]) continue;
      if (end - start >= 3 && ranks[start]) ranks.fill(0, start, end);
      start = end;
    }
    return ranks;
  }

  // What the look of a line tells: short, and larger than the text, or bold from end to end; in the
  // same way as articles/bodies/looks.py. The line that looks like the title of all stays a line.
  const ENDS = /[。！；…]$/;

  function lookOf(block, normal) {
    const look = { sizes: new Map(), bold: 0, all: 0 };
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const count = [...walker.currentNode.data.replace(/\s/g, "")].length;
      if (!count) continue;
      const { size, isBold } = lookAround(walker.currentNode.parentElement, normal);
      look.sizes.set(size, (look.sizes.get(size) ?? 0) + count);
      look.all += count;
      if (isBold) look.bold += count;
    }
    return look;
  }

  function lookAround(element, normal) {
    let size = 0;
    let isBold = false;
    for (let at = element; at; at = at.parentElement) {
      size ||= Number(/(?<![\w-])font-size:\s*(\d{1,3}(?:\.\d+)?)pt/i.exec(styleOf(at))?.[1] ?? 0);
      isBold ||= at.matches("b, strong") || /(?<![\w-])font-weight:\s*(?:bold|[6-9]00)/i.test(styleOf(at));
    }
    return { size: size || normal, isBold };
  }

  const most = (sizes) => [...sizes].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0])[0];

  function isTitle([first, ...others], body) {
    const isLarge = first.size >= body + 1.5;
    const isAlone = first.block.tagName === "P" && [...first.text].length <= 45 && !ENDS.test(first.text);
    const isCentred = /text-align:\s*center/i.test(styleOf(first.block)) || first.block.align === "center";
    return isAlone && ((isLarge && others.every((each) => first.size > each.size)) || (isCentred && (first.isBold || isLarge)));
  }

  function numberOf(text) {
    return [...NUMBERED, /^\d{1,2}\s*[.．、](?!\d)/].findIndex((each) => each.test(text)) + 1;
  }

  function tellLooks(root, normal) {
    const found = [...root.querySelectorAll("p, li, h2, h3, h4")].filter((each) => !each.closest("td, th, blockquote") && !each.querySelector("li") && each.textContent.trim());
    const all = new Map();
    let bold = 0;
    let length = 0;
    const lines = found.map((block) => {
      const look = lookOf(block, normal);
      look.sizes.forEach((count, size) => all.set(size, (all.get(size) ?? 0) + count));
      bold += look.bold;
      length += look.all;
      return { block, text: block.textContent.replace(/\s+/g, " ").trim(), size: most(look.sizes), isBold: look.all > 0 && look.bold === look.all };
    });
    if (lines.length < 3) return;
    const body = most(all);
    const isBoldText = bold * 10 > length * 7;
    const rest = isTitle(lines, body) ? lines.slice(1) : lines;
    const standsOut = ({ text, size, isBold }) =>
      [...text].length <= 30 && !text.includes("。") && !/[。！；…，,：:]$/.test(text) && ((isBold && !isBoldText) || size >= body + 1.5);
    const shown = rest.map(standsOut);
    if (shown.filter(Boolean).length * 2 > rest.length) return; // a poem, a notice, a form
    const hasNumbers = rest.some(({ block }) => rankOf(block) === 1);
    const levels = rest.map(({ block, text }, at) => {
      const number = numberOf(text);
      if (!shown[at] || block.tagName !== "P" || number === 1 || number === 2) return 0;
      return number === 3 ? 4 : hasNumbers ? 3 : 2;
    });
    withoutRows(levels).forEach((level, at) => level && renamed(rest[at].block, `h${level}`));
  }

  function tellHeadings(root) {
    const blocks = blocksOf(root);
    if (blocks.length < 2) return; // a line that goes into a text that is there
    const ranks = ranksOf(blocks);
    const levels = blocks.map((each, at) => ranks[at] || (/^H[234]$/.test(each.tagName) ? Number(each.tagName[1]) - 1 : 0));
    const used = [...new Set(levels.filter(Boolean))].sort();
    blocks.forEach((each, at) => {
      if (!levels[at]) return;
      const heading = renamed(each, `h${used.indexOf(levels[at]) + 2}`);
      heading.querySelectorAll("b, strong, i, em").forEach((mark) => mark.replaceWith(...mark.childNodes));
    });
  }

  // The notes of telephones and documents on the web (articles/bodies/notebooks.py).
  function plainNotebooks(source) {
    let plain = source;
    if (/<(?:hw_font|note|text indent|bullet indent|order indent)\b/i.test(plain)) {
      plain = plain.replace(/<(\/?)(?:element|text)\b[^<>]*>/gi, "<$1p>");
      let count = 0;
      let end = -1;
      plain = plain.replace(/<(bullet|order)\b[^<>]*>([^<>\n]{0,2000})(?:<\/(?:bullet|order)>)?(?:<br[^<>]*>)?/gi, (all, kind, words, at, whole) => {
        const goesOn = end >= 0 && !whole.slice(end, at).trim();
        count = kind.toLowerCase() === "order" ? (goesOn ? count : 0) + 1 : 0;
        end = at + all.length;
        return `<p>${count ? `${count}.` : "•"} ${words.trim()}</p>`;
      });
    }
    return plain.replace(/<input\b([^<>]*)>/gi, (all, told) => {
      if (!/type=["']?checkbox/i.test(told)) return all;
      return /(?<![\w-])checked(?!=["']?false)/i.test(told) ? "☑" : "☐";
    });
  }

  function plainTitles(root) {
    for (const line of root.querySelectorAll("p[role=heading][aria-level], div[role=heading][aria-level]")) {
      if (!line.querySelector("p, div")) renamed(line, `h${Math.min(Number(line.getAttribute("aria-level")) + 1 || 2, 4)}`);
    }
  }

  // Gives the HTML, and counts what it left out.
  globalThis.plainPaste = (source) => {
    const { body } = new DOMParser().parseFromString(plainNotebooks(source), "text/html");
    const isOfWord = source.includes("mso-");
    const normal = Number(/MsoNormal\b[^{}]{0,200}\{[^{}]{0,400}?font-size:\s*(\d{1,3}(?:\.\d+)?)pt/i.exec(source)?.[1] ?? 10.5);
    dropMachinery(body);
    const left = dropUnshown(body, isOfWord);
    plainEmoji(body);
    plainSigns(body);
    plainEmphasis(body);
    plainNotes(body);
    plainLists(body);
    left.signs = dropLostSigns(body);
    plainHeadings(body, isOfWord);
    plainTitles(body);
    if (isOfWord) {
      tellLooks(body, normal);
      tellHeadings(body);
    }
    return { html: body.innerHTML, left };
  };
})();
