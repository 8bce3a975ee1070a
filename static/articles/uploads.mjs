// @ts-check
// Files on their way to the server: two at once, each with its progress, each can be stopped and
// tried again. Nothing here touches the text.
import { csrfToken } from "./manuscript.mjs";

const AT_ONCE = 2;
const MAX_BYTES = 20 * 1024 * 1024;
const waiting = [];
let running = 0;

const SENTENCES = {
  0: "网络断了，没有传上去。连上网以后会自动再传，也可以点“重试”。",
  403: "登录已过期。请在新的页面登录，再回来点“重试”，写的字都还在。",
  413: "图片太大，服务器不收。请在手机或电脑上缩小后再选。",
};
const AWAY = "服务器暂时不可用。过一会儿点“重试”，写的字都还在。";
// What will not get better by itself.
const isFinal = (status) => status >= 400 && status < 500 && status !== 403 && status !== 408 && status !== 429;

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

function sentenceOf(request) {
  const own = request.status === 403 ? undefined : answerOf(request).error?.message;
  return own ?? SENTENCES[request.status] ?? AWAY;
}

export class Upload {
  /** @type {"waiting" | "running" | "done" | "stopped" | "failed"} */
  state = "waiting";
  progress = 0; // of 1
  message = "";
  final = false; // trying again would not help
  signedOut = false;
  /** @type {XMLHttpRequest | undefined} */
  request;

  /**
   * @param {File | {name: string, size: number}} file
   * @param {string} address  to send it to
   * @param {(upload: Upload) => void} changed  called at each change
   */
  constructor(file, address, changed) {
    this.file = file;
    this.address = address;
    this.changed = changed;
  }

  get isBusy() {
    return this.state === "waiting" || this.state === "running";
  }

  start() {
    if (this.file.size > MAX_BYTES) {
      this.become("failed", { message: "图片超过 20 MB，请在手机或电脑上缩小后再选。", final: true });
      return;
    }
    this.become("waiting", { progress: 0, message: "", signedOut: false });
    waiting.push(this);
    next();
  }

  stop() {
    this.become("stopped");
    this.request?.abort();
  }

  become(state, facts = {}) {
    Object.assign(this, { state, ...facts });
    this.changed(this);
  }

  send() {
    const request = new XMLHttpRequest();
    this.request = request;
    const data = this.sent();
    request.upload.addEventListener("progress", ({ loaded, total }) => this.become("running", { progress: total ? loaded / total : 0 }));
    request.addEventListener("loadend", () => {
      running -= 1;
      if (this.state !== "stopped") this.ended(request);
      next();
    });
    request.open("POST", this.address);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    this.become("running");
    request.send(data);
  }

  sent() {
    const data = new FormData();
    data.append("upload", /** @type {File} */ (this.file));
    return data;
  }

  ended(request) {
    const { url, figure } = answerOf(request);
    if (request.status === 201 && (url || figure)) this.become("done", { url, figure });
    else this.become("failed", { message: sentenceOf(request), final: isFinal(request.status), signedOut: request.status === 403 });
  }
}

// A picture of a Word file that the server has already: it is only asked for.
export class FromWord extends Upload {
  constructor(name, address, changed) {
    super({ name, size: 0 }, address, changed);
  }

  sent() {
    return new FormData();
  }
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    const upload = waiting.shift();
    if (upload.state !== "waiting") continue;
    running += 1;
    upload.send();
  }
}
