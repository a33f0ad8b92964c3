// What was typed and not yet sent is kept in this window until it is done: a lost session, a broken line or a closed
// page costs nothing. Kept are fields that can be seen, never passwords or files; signing out forgets all.

const PREFIX = "draft:";
const who = document.body.dataset.who ?? "";
const words = document.body.dataset;

function memory() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

const store = memory();
const seen = (one) => one.name && one.type !== "hidden" && one.type !== "password" && one.type !== "file" && one.type !== "submit";
const fields = (form) => [...form.elements].filter(seen);
const value = (one) => (one.type === "checkbox" || one.type === "radio" ? (one.checked ? "on" : "") : one.value);
// Fields of one name, such as boxes to tick, are told apart by their value.
const name = (one) => (one.type === "checkbox" || one.type === "radio" ? `${one.name}=${one.value}` : one.name);

/** The step of a page that has several; other parts of the address only say how it is shown. */
function key(form) {
  const step = new URLSearchParams(window.location.search).get("step") ?? "";
  return `${PREFIX}${who}:${window.location.pathname}:${step}:${form.elements.namedItem("of")?.value ?? ""}`;
}

function typed(form) {
  return Object.fromEntries(fields(form).map((one) => [name(one), value(one)]));
}

function keep(form, first) {
  const now = typed(form);
  const changed = Object.keys(now).some((one) => now[one] !== first[one]);
  if (changed) store.setItem(key(form), JSON.stringify({ now }));
  else store.removeItem(key(form));
}

function put(form, kept) {
  let changed = false;
  for (const one of fields(form)) {
    const was = kept[name(one)];
    if (was === undefined || was === value(one)) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = was === "on";
    else one.value = was;
    changed = true;
  }
  return changed;
}

function note(form, first) {
  const box = document.createElement("p");
  box.className = "note info restored";
  box.setAttribute("role", "status");
  box.append(words.restored, " ");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "plain";
  drop.textContent = words.drop;
  drop.addEventListener("click", () => {
    put(form, first);
    store.removeItem(key(form));
    box.remove();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  box.append(drop);
  form.prepend(box);
}

function watch(form) {
  const first = typed(form);
  // A refused form has come back with what was typed.
  const refused = form.previousElementSibling?.matches(".summary") ?? false;
  const kept = refused ? null : store.getItem(key(form));
  if (kept && put(form, JSON.parse(kept).now)) note(form, first);
  const save = () => keep(form, first);
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", () => {
    store.setItem(key(form), JSON.stringify({ now: typed(form), sent: true }));
  });
}

/** Whatever was sent is done when the page that follows says so. */
function done() {
  for (const one of Object.keys(store)) {
    if (one.startsWith(PREFIX) && JSON.parse(store.getItem(one)).sent) store.removeItem(one);
  }
}

if (store) {
  const said = document.querySelector(".toast");
  // Signing in again does not do what was sent without it.
  if (said && !/^(entered|left)/.test(said.dataset.done)) done();
  for (const form of document.querySelectorAll("form.entry[data-once]")) watch(form);
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/sign-out")) return;
    for (const one of Object.keys(store)) if (one.startsWith(PREFIX)) store.removeItem(one);
  });
}
