// @ts-check
// A stored page is the same for everybody. Who has filled in a form here before, has a token, and may
// be signed in: then what is theirs (menu, notices, messages, name) comes with a request of its own.
const script = document.querySelector("script[data-mine]");

async function show() {
  const answer = await fetch(script.dataset.mine, { headers: { Accept: "text/html" } });
  if (answer.status !== 200) return;
  const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts.querySelectorAll("[data-for]")) {
    const place = document.querySelector(part.dataset.for);
    if (!place || !part.childElementCount) continue;
    if (part.dataset.for === ".account") place.replaceChildren(...part.children);
    else if (part.dataset.for === ".menu") {
      place.classList.toggle("full", part.classList.contains("full"));
      place.querySelector(".act").before(...part.children);
    } else place.prepend(...part.children);
  }
}

// Without a network, or signed out meanwhile: the page is whole as it stands.
if (document.cookie.includes("csrftoken=")) show().catch(() => {});
