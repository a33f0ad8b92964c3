// The map to choose by: a site becomes the next free wish of the form beneath, a station an anchor; pressed again it is
// taken out. The fields of the form hold the choice; the map shows it and changes nothing else.
const box = document.getElementById("picker");
const L = window.L;
const word = (key) => box.dataset[key] ?? "";
const say = (text) => (text && text[word("lang") === "en" ? "en" : "zh"]) || "";
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const wishes = [...document.querySelectorAll('select[name^="wish"]')];
const anchors = new Map([...document.querySelectorAll('input[name="anchors"]')].map((one) => [one.value, one]));
const status = document.getElementById("picked");

function tell(text) {
  status.textContent = text;
}

function changed(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function wish(id, name) {
  const at = wishes.findIndex((one) => one.value === id);
  if (at >= 0) {
    // Those behind it move up.
    for (let n = at; n < wishes.length; n += 1) wishes[n].value = wishes[n + 1]?.value ?? "";
    changed(wishes[at]);
    tell(`${word("out")} ${name}`);
    return;
  }
  const free = wishes.find((one) => one.value === "");
  if (!free) {
    tell(word("full"));
    return;
  }
  free.value = id;
  changed(free);
  tell(`${word("taken")} ${name} · ${word("wish")} ${wishes.indexOf(free) + 1}`);
}

function anchor(id, name) {
  const field = anchors.get(id);
  if (!field) return;
  field.checked = !field.checked;
  changed(field);
  tell(`${field.checked ? word("taken") : word("out")} ${name} · ${word("station")}`);
}

const text = (words) => {
  const node = document.createElement("span");
  node.textContent = words;
  return node;
};

function press(mark, name, act) {
  mark.on("click", act);
  mark.on("add", () => {
    const path = mark.getElement();
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", name);
    path.setAttribute("aria-pressed", "false");
  });
}

function sites(map, features) {
  return features.map((f) => {
    const p = f.properties;
    const name = say(p.name);
    const [lon, lat] = f.geometry.coordinates;
    const mark = L.circleMarker([lat, lon], { radius: Math.min(18, 7 + Math.sqrt(p.area / 100) / 20), weight: 2, className: "shape-vacant" });
    press(mark, name, () => wish(p.id, name));
    mark.bindTooltip(text(`${name} · ${word("vacant")} ${number.format(p.area / 100)} m²`));
    mark.addTo(map);
    const path = mark.getElement();
    path.setAttribute("tabindex", "0");
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      wish(p.id, name);
    });
    const rank = L.tooltip({ permanent: true, direction: "center", className: "rank", interactive: false }).setLatLng([lat, lon]);
    return () => {
      const at = wishes.findIndex((one) => one.value === p.id);
      path.classList.toggle("chosen", at >= 0);
      path.setAttribute("aria-pressed", String(at >= 0));
      path.setAttribute("aria-label", at >= 0 ? `${name} · ${word("wish")} ${at + 1}` : name);
      if (at >= 0) rank.setContent(text(String(at + 1))).addTo(map);
      else rank.remove();
    };
  });
}

// Stations are many: by keyboard they are ticked in the form, not one by one on the map.
function stations(map, features) {
  return features.map((f) => {
    const p = f.properties;
    const name = say(p.name);
    const [lon, lat] = f.geometry.coordinates;
    const mark = L.circleMarker([lat, lon], { radius: 4, weight: 1.2, className: "shape-station" });
    press(mark, name, () => anchor(p.id, name));
    mark.bindTooltip(text(name));
    mark.addTo(map);
    return () => {
      const on = anchors.get(p.id)?.checked === true;
      mark.getElement().classList.toggle("chosen", on);
      mark.getElement().setAttribute("aria-pressed", String(on));
      mark.setRadius(on ? 8 : 4);
    };
  });
}

function draw(data) {
  const of = (layer) => data.features.filter((f) => f.properties.layer === layer);
  const map = L.map(box, { attributionControl: false, minZoom: 8, maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false });
  const layer = (name, className) =>
    L.geoJSON({ type: "FeatureCollection", features: of(name) }, { style: { className }, interactive: false }).addTo(map);
  const bounds = layer("district", "shape-district").getBounds();
  map.fitBounds(bounds.isValid() ? bounds : [[22.45, 113.75], [22.85, 114.6]]);
  layer("line", "shape-line");
  const looks = [...stations(map, of("station")), ...sites(map, of("site"))];
  const look = () => looks.forEach((one) => one());
  for (const field of [...wishes, ...anchors.values()]) field.addEventListener("change", look);
  look();
  box.dataset.ready = "yes";
}

function failed() {
  box.replaceChildren(text(word("failed")));
}

if (box && L && wishes.length > 0) {
  fetch(word("src"))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then(draw)
    .catch(failed);
} else if (box) {
  failed();
}
