// Dragging an application onto a unit: the same as choosing both in the form and pressing its button.
const form = document.querySelector("form.filter");
const application = form?.elements.namedItem("application");
const unit = form?.elements.namedItem("unit");

function has(select, value) {
  return [...select.options].some((option) => option.value === value);
}

function tried(key, place) {
  if (!has(application, key) || !has(unit, place)) return;
  application.value = key;
  unit.value = place;
  form.requestSubmit();
}

if (application && unit) {
  for (const chip of document.querySelectorAll("[data-application]")) {
    chip.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", chip.dataset.application);
      event.dataTransfer.effectAllowed = "link";
    });
  }
  for (const place of document.querySelectorAll("[data-unit]")) {
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("over");
      tried(event.dataTransfer.getData("text/plain"), place.dataset.unit);
    });
  }
  form.addEventListener("submit", () => form.querySelector("button")?.classList.add("busy"));
}
