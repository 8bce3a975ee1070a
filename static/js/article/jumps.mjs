// @ts-check
// «回到刚才的位置»: after every jump within the page a way back to where one was.
const pill = document.createElement("p");
const back = document.createElement("button");
const shut = document.createElement("button");
let since = 0; // when one jumped
let left; // where one was, and the link that led away

pill.className = "jump-back";
pill.hidden = true;
back.type = shut.type = "button";
back.textContent = "回到刚才的位置";
shut.textContent = "×";
shut.setAttribute("aria-label", "不用了");
pill.append(back, " ", shut);

/** @param {HTMLAnchorElement} link */
function isJump(link) {
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return isHere && link.hash.length > 1 && !link.matches(".skip");
}

function forget() {
  pill.hidden = true;
  left = undefined;
}

function jumped(event) {
  const link = event.target.closest("a[href*='#']");
  if (!link || event.defaultPrevented || !isJump(link)) return;
  if (!document.getElementById(link.hash.slice(1))) return;
  left ??= { top: scrollY, link }; // of several jumps the first: there one was reading
  pill.hidden = false;
  since = performance.now();
}

function goBack() {
  const { top, link } = left;
  forget();
  history.replaceState(history.state, "", location.pathname + location.search);
  scrollTo({ top });
  link.focus({ preventScroll: true });
}

// Who scrolled back by hand needs it no more; the jump itself begins at that place.
function moved() {
  if (left && performance.now() - since > 1500 && Math.abs(scrollY - left.top) < 80) forget();
}

export function watch() {
  document.body.append(pill);
  document.addEventListener("click", jumped);
  back.addEventListener("click", goBack);
  shut.addEventListener("click", forget);
  addEventListener("scroll", moved, { passive: true });
}
