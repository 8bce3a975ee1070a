// @ts-check
// Shows how far something is while it is made; without scripts «刷新» does. What changes the whole
// page when it is there, has the page opened anew.

const PAUSE = 1500;

function watch(part) {
  const told = part.parentElement.querySelector("[data-pages-told]");
  const underWay = () => part.querySelector("[data-under-way]");
  const say = (words) => {
    if (told) told.textContent = words;
  };

  async function renew() {
    if (document.hidden) {
      return plan();
    }
    try {
      const answer = await fetch(part.dataset.pages, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) {
        say("看不到进度了，请刷新页面。");
        return;
      }
      const focused = part.contains(document.activeElement);
      part.innerHTML = await answer.text();
      if (focused) {
        part.querySelector("a, button")?.focus();
      }
      if (!underWay() && "reload" in part.dataset) {
        location.replace(location.pathname);
        return;
      }
      say(underWay() ? "" : part.querySelector("p, div").firstChild.textContent);
    } catch {
      say("网络断了，连上以后会接着显示进度。");
    }
    return plan();
  }

  function plan() {
    if (underWay()) {
      setTimeout(renew, PAUSE);
    }
  }

  plan();
}

for (const part of document.querySelectorAll("[data-pages]")) {
  watch(part);
}
