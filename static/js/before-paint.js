// Sets the reader's own choices before the first paint, so that a dark page never flashes white.
// A classic script in <head>: a module would run after the page is painted.
(() => {
  const root = document.documentElement;
  const known = {
    theme: ["light", "sepia", "dark"],
    size: ["1", "3", "4", "5"],
    face: ["song"],
    elder: ["on"],
    contrast: ["high"],
    ruler: ["on"],
  };
  root.dataset.js = "";
  try {
    const kept = JSON.parse(localStorage.getItem("reading")) || {};
    for (const [name, values] of Object.entries(known)) {
      if (values.includes(kept[name])) root.dataset[name] = kept[name];
    }
  } catch {
    // Storage is closed (private windows of some browsers) or holds something else: the defaults.
  }
})();
