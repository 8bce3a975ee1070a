// @ts-check
// Of an issue that was read before: the way back to where one stopped.
import * as places from "./places.mjs";

const offer = document.querySelector(".go-on");
const article = offer && places.latestIn(offer.dataset.issue);
const title = article && document.querySelector(`#contents a[href="/articles/${CSS.escape(article)}/"]`);

if (title) {
  const link = offer.querySelector("a");
  link.href = `${title.pathname}#go-on`;
  link.textContent = `接着读《${title.textContent.trim()}》`;
  offer.hidden = false;
}
