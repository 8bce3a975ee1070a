// Shows how far the pages of an issue are while they are made; without scripts «刷新» does.

const part = document.querySelector("[data-pages]");
const told = document.querySelector("[data-pages-told]");
const PAUSE = 1500;

const underWay = () => part.querySelector("[data-under-way]");

async function renew() {
  if (document.hidden) {
    return plan();
  }
  try {
    const answer = await fetch(part.dataset.pages, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      told.textContent = "看不到进度了，请刷新页面。";
      return;
    }
    const focused = part.contains(document.activeElement);
    part.innerHTML = await answer.text();
    if (focused) {
      part.querySelector("a, button")?.focus();
    }
    told.textContent = underWay() ? "" : part.querySelector("p, div").firstChild.textContent;
  } catch {
    told.textContent = "网络断了，连上以后会接着显示进度。";
  }
  return plan();
}

function plan() {
  if (underWay()) {
    setTimeout(renew, PAUSE);
  }
}

if (part) {
  plan();
}
