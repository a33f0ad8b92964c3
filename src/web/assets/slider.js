// A scale that answers while it is moved: the form is sent as without scripts, and the sections that it names take the
// place of those of the page.

function spoken(range, form) {
  const out = form.querySelector(`output[for="${range.id}"]`);
  if (!out) return;
  const unit = out.textContent.replace(/^[+\d,.\s]+/, "");
  out.textContent = `+${Number(range.value).toLocaleString("en")} ${unit}`;
}

async function ask(form) {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
  const mine = `${address}`;
  form.dataset.asks = mine;
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { accept: "text/html" } }).then((a) => (a.ok ? a.text() : ""), () => "");
  // Moved on meanwhile: a newer answer is on its way.
  if (form.dataset.asks !== mine) return;
  form.removeAttribute("aria-busy");
  if (!answer) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  for (const id of form.dataset.live.split(" ")) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceWith(fresh);
  }
  window.history.replaceState(null, "", address);
}

for (const form of document.querySelectorAll("form[data-live]")) {
  for (const range of form.querySelectorAll("input[type=range]")) range.addEventListener("input", () => spoken(range, form));
  form.addEventListener("change", () => ask(form));
}
