// Tables with scripts: tick all rows at once, see how many are ticked, and read a row's page beside the list. Without
// scripts each row is ticked by itself, and its link opens the page.

const words = document.body.dataset;

function el(tag, className, text) {
  const one = document.createElement(tag);
  if (className) one.className = className;
  if (text) one.textContent = text;
  return one;
}

function ticks(form) {
  const boxes = [...form.querySelectorAll('tbody input[name="key"]')];
  const head = form.querySelector("thead .tick");
  const said = form.querySelector(".picked");
  if (boxes.length === 0 || !head) return;
  const all = el("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", words.all);
  head.replaceChildren(all);
  const tell = () => {
    const count = boxes.filter((one) => one.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    if (said) said.textContent = count === 0 ? said.dataset.none : `${said.dataset.some} ${count}`;
    for (const one of form.querySelectorAll(".bulk button")) one.disabled = count === 0;
  };
  all.addEventListener("change", () => {
    for (const one of boxes) one.checked = all.checked;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}

// Room for a list and a page beside each other.
const wide = window.matchMedia("(min-width: 1200px)");
let open = null;

function close() {
  if (!open) return;
  const { box, button } = open;
  box.remove();
  document.body.classList.remove("with-beside");
  button.setAttribute("aria-expanded", "false");
  button.closest("tr")?.classList.remove("on");
  open = null;
  button.focus();
}

/** Names within the page that is shown beside must not be those of the page itself. */
function renamed(inner) {
  const fresh = (id) => `beside-${id}`;
  for (const one of inner.querySelectorAll("[id]")) one.id = fresh(one.id);
  for (const name of ["for", "aria-labelledby", "aria-describedby", "aria-controls"]) {
    for (const one of inner.querySelectorAll(`[${name}]`)) one.setAttribute(name, one.getAttribute(name).split(" ").map(fresh).join(" "));
  }
  for (const one of inner.querySelectorAll('a[href^="#"]')) one.setAttribute("href", `#${fresh(one.getAttribute("href").slice(1))}`);
}

function shown(page) {
  const inner = el("div", "inner");
  inner.append(...[page.querySelector("main .head"), page.querySelector("#parts")].filter(Boolean));
  for (const one of inner.querySelectorAll(".mapbox, .help")) (one.closest("section:not(:has(table, form, dl))") ?? one).remove();
  renamed(inner);
  return inner;
}

async function beside(link, button) {
  if (open?.button === button) {
    close();
    return;
  }
  if (open) close();
  const box = el("aside", "beside");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", link.textContent);
  box.tabIndex = -1;
  const bar = el("p", "acts");
  const whole = el("a", "button", words.whole);
  whole.href = link.href;
  const shut = el("button", "plain", words.close);
  shut.type = "button";
  shut.addEventListener("click", close);
  bar.append(whole, shut);
  const wait = el("p", "hint", words.wait);
  wait.setAttribute("role", "status");
  box.append(bar, wait);
  document.querySelector("main").append(box);
  document.body.classList.add("with-beside");
  button.setAttribute("aria-expanded", "true");
  button.closest("tr")?.classList.add("on");
  open = { box, button };
  box.focus();
  try {
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lone = page.querySelector(".lone");
    wait.replaceWith(lone ?? shown(page));
  } catch {
    wait.textContent = words.lost;
  }
}

function peeks(table) {
  for (const link of table.querySelectorAll("tbody th > a[href]")) {
    const button = el("button", "peek");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", `${words.peek} ${link.textContent}`);
    button.title = words.peek;
    button.addEventListener("click", () => (wide.matches ? beside(link, button) : window.location.assign(link.href)));
    link.before(button);
  }
}

for (const form of document.querySelectorAll("form.many")) ticks(form);
for (const table of document.querySelectorAll("table.rows.whole")) peeks(table);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && open && !document.querySelector("dialog[open]")) close(); });
wide.addEventListener("change", close);
