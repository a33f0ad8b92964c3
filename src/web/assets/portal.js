// What makes the pages quicker with scripts; without them every page works as it is.
// One send per form, a question before what cannot be undone, focus on what is wrong, sections that are fetched anew,
// menus that close. Listeners stand on the document, so that what is fetched later has them, too.

const words = document.body.dataset;

/** Sends a form once; a second press does nothing until the answer is there. */
function once(event) {
  const form = event.target;
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
    form.setAttribute("aria-busy", "true");
  });
  // Slow or lost: say so, and let it be sent again. The key of the form keeps it from being done twice.
  setTimeout(() => slow(form), 12000);
}

function slow(form) {
  if (!form.isConnected || !form.dataset.sent) return;
  usable(form);
  const note = form.querySelector(".slow") ?? document.createElement("p");
  note.className = "note slow";
  note.setAttribute("role", "status");
  note.textContent = words.slow;
  form.append(note);
}

function usable(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const one of form.querySelectorAll("button")) {
    one.disabled = false;
    one.classList.remove("busy");
  }
}

// The page comes back from the browser's memory with its buttons as they were left. What is sent then is sent anew.
function fresh() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    usable(form);
    const key = form.elements.namedItem("once");
    if (key instanceof HTMLInputElement) key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  }
}

/** Asks before a form is sent that cannot be undone: what will happen stands in the question. */
function sure(event) {
  const form = event.target;
  event.preventDefault();
  const box = document.createElement("dialog");
  box.className = "sure";
  const text = document.createElement("p");
  text.id = "sure-text";
  text.textContent = form.dataset.sure;
  box.setAttribute("aria-labelledby", text.id);
  const acts = document.createElement("p");
  acts.className = "acts";
  const button = (label, kind, then) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = kind;
    one.textContent = label;
    one.addEventListener("click", () => { box.close(); then(); });
    acts.append(one);
    return one;
  };
  const submitter = event.submitter;
  button(submitter?.textContent ?? words.yes, "danger", () => {
    form.dataset.asked = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.asked;
  });
  const no = button(words.no, "plain", () => {});
  box.append(text, acts);
  box.addEventListener("close", () => { box.remove(); submitter?.focus(); });
  document.body.append(box);
  box.showModal();
  no.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
  if (form.dataset.sure && !form.dataset.asked) sure(event);
  else if ("once" in form.dataset) once(event);
});

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

window.addEventListener("pageshow", (event) => { if (event.persisted) fresh(); });
const summary = document.querySelector(".summary[role=alert]");
if (summary) summary.focus();
const parts = document.querySelector("[data-events]");
if (parts) live(parts);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.who[open]")) menu.open = false;
});
// What was done is told once: the address that remains is that of the page.
if (document.querySelector(".toast")) {
  const address = new URL(window.location.href);
  address.searchParams.delete("done");
  window.history.replaceState(null, "", address);
}
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
