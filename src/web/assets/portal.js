// What makes the pages quicker with scripts; without them every page works as it is.
// One send per form, focus on what is wrong, sections that are fetched anew, menus that close.

function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter;
    // A disabled button would not be sent along.
    setTimeout(() => {
      for (const one of form.querySelectorAll("button")) one.disabled = true;
      if (button) button.classList.add("busy");
    });
  });
}

// The page comes back from the browser's memory with its buttons as they were left.
function fresh() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const one of form.querySelectorAll("button")) one.disabled = false;
  }
}

function warned(form) {
  let changed = false;
  form.addEventListener("change", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

async function refetch(parts) {
  const answer = await fetch(window.location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("parts");
  if (found) {
    parts.replaceChildren(...found.childNodes);
    if (!found.dataset.events) delete parts.dataset.events;
    for (const place of [".head .state", ".head .acts"]) {
      const mine = document.querySelector(place);
      const theirs = page.querySelector(place);
      if (mine && theirs) mine.replaceWith(theirs);
      else if (mine) mine.remove();
    }
  }
}

// Events tell that something changed; what it is now, the page says. Where no stream comes through, the page
// is fetched every three seconds instead.
function live(parts) {
  let asked = 0;
  const again = () => {
    const now = Date.now();
    if (now - asked < 800) return;
    asked = now;
    refetch(parts);
  };
  let timer = 0;
  const poll = () => {
    timer = timer || setInterval(() => (parts.dataset.events ? refetch(parts) : clearInterval(timer)), 3000);
  };
  if (!window.EventSource) {
    poll();
    return;
  }
  const source = new EventSource(parts.dataset.events);
  source.addEventListener("progress", again);
  source.addEventListener("end", () => {
    source.close();
    clearInterval(timer);
    setTimeout(() => refetch(parts), 300);
  });
  source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) poll(); });
}

for (const form of document.querySelectorAll("form[data-once]")) once(form);
for (const form of document.querySelectorAll("form.wizard")) warned(form);
window.addEventListener("pageshow", (event) => { if (event.persisted) fresh(); });
const summary = document.querySelector(".summary[role=alert]");
if (summary) summary.focus();
const parts = document.querySelector("[data-events]");
if (parts) live(parts);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.who[open]")) menu.open = false;
});
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// Something is being made anew and nobody answers meanwhile: once it is gone and there again, go on.
function awaited(note) {
  let gone = false;
  const began = Date.now();
  const ask = async () => {
    const there = await fetch(note.dataset.await, { cache: "no-store" }).then((a) => a.ok, () => false);
    gone = gone || !there;
    if (there && (gone || Date.now() - began > 15000)) window.location.assign(note.dataset.then);
    else setTimeout(ask, 700);
  };
  setTimeout(ask, 700);
}
for (const note of document.querySelectorAll("[data-await]")) awaited(note);
