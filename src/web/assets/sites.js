// The map of sites, drawn by Leaflet without any tile. With data-ground the marks are fetched view by view and sites
// that stand too close come as clusters; else all features come at once from data-src. All texts become text nodes. The
// same rows stand in the table beside it.
const box = document.getElementById("sites");
const L = window.L;
const word = (key) => box.dataset[key] ?? "";
const lang = () => (word("lang") === "en" ? "en" : "zh");
const say = (text) => (text && text[lang()]) || "";
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const CITY = [[22.45, 113.75], [22.85, 114.6]];

function el(tag, text, href) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (href) node.href = href;
  return node;
}

// What a file would change: a sign by kind, so that colour is not all that tells them apart.
const SIGNS = { new: "▲", changed: "■", gone: "✕", kept: "•" };

function sign(f, at) {
  const p = f.properties;
  const name = `${say(p.name)} ${p.said}`;
  const icon = L.divIcon({ className: `spot ${p.mark}`, html: el("span", SIGNS[p.mark] ?? "•"), iconSize: [22, 22] });
  const mark = L.marker(at, { icon, keyboard: p.mark !== "kept", title: name, alt: name, zIndexOffset: p.mark === "kept" ? -1000 : 0 });
  mark.bindPopup(() => popup(p), { maxWidth: 280 });
  if (p.mark !== "kept") mark.on("add", () => keyboard(mark, name, () => mark.openPopup()));
  return mark;
}

function popup(p) {
  const root = el("div");
  const title = el("h3");
  title.append(p.id && word("site") ? el("a", say(p.name), word("site").replace("KEY", encodeURIComponent(p.id))) : say(p.name));
  root.append(title);
  if (p.said !== undefined) {
    root.append(el("p", p.said));
    return root;
  }
  if (p.gain !== undefined) {
    root.append(el("p", `${word("gain")} ${p.gain} · ${word("lose")} ${p.lose}`));
    return root;
  }
  if (p.area !== undefined) root.append(el("p", `${word("vacant")} ${number.format(p.area / 100)} m² · ${p.count} ${word("units")}`));
  if (p.district) root.append(el("small", say(p.district)));
  return root;
}

function keyboard(mark, name, act) {
  const path = mark.getElement();
  if (!path) return;
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", name);
  path.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act();
    }
  });
}

function shapes(features, className) {
  return L.geoJSON({ type: "FeatureCollection", features }, { style: { className }, interactive: false });
}

const size = (p) => (p.gain === undefined ? Math.sqrt((p.area ?? 40000) / 100) / 14 : 2 * Math.sqrt(p.gain + p.lose));

function look(p, usual) {
  if (p.gain === undefined) return usual;
  if (p.gain === p.lose) return "shape-both";
  return p.gain > p.lose ? "shape-gain" : "shape-lose";
}

function one(f, at, usual) {
  const p = f.properties;
  if (p.mark) return sign(f, at);
  const mark = L.circleMarker(at, { radius: Math.min(24, 5 + size(p)), weight: 1.5, className: look(p, usual) });
  mark.bindPopup(() => popup(p), { maxWidth: 280 });
  mark.bindTooltip(el("span", say(p.name)));
  mark.on("add", () => keyboard(mark, say(p.name), () => mark.openPopup()));
  return mark;
}

function several(map, f, at) {
  const p = f.properties;
  const name = `${p.sites} ${word("sites")} · ${p.count} ${word("units")} · ${number.format(p.area / 100)} m²`;
  const icon = L.divIcon({ className: "cluster", html: el("span", String(p.count)), iconSize: [38, 38] });
  const mark = L.marker(at, { icon, keyboard: true, title: name, alt: name });
  const closer = () => map.setView(at, Math.min(map.getMaxZoom(), map.getZoom() + 2));
  mark.on("click", closer);
  mark.on("add", () => keyboard(mark, name, closer));
  return mark;
}

// Sites at the very same place stand around it.
function marks(map, features, className = "shape-full") {
  const group = L.layerGroup();
  const seen = new Map();
  for (const f of [...features].sort((a, b) => (b.properties.area ?? 0) - (a.properties.area ?? 0))) {
    const [lon, lat] = f.geometry.coordinates;
    if (f.properties.sites > 1) {
      group.addLayer(several(map, f, [lat, lon]));
      continue;
    }
    const key = `${lon},${lat}`;
    const n = seen.get(key) ?? 0;
    seen.set(key, n + 1);
    const turn = n * 2.4;
    const r = n === 0 ? 0 : 0.004 + 0.001 * n;
    group.addLayer(one(f, [lat + r * Math.sin(turn), lon + r * Math.cos(turn)], className));
  }
  return group;
}

function begin() {
  const map = L.map(box, { attributionControl: false, minZoom: 8, maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false });
  L.control.scale({ imperial: false }).addTo(map);
  return map;
}

function lay(map, data) {
  const of = (layer) => data.features.filter((f) => f.properties.layer === layer);
  const districts = shapes(of("district"), "shape-district").addTo(map);
  shapes(of("line"), "shape-line").addTo(map);
  shapes(of("way"), "shape-way").addTo(map);
  return districts.getBounds();
}

function whole(data) {
  const of = (layer) => data.features.filter((f) => f.properties.layer === layer);
  const map = begin();
  const city = lay(map, data);
  const told = of("site").some((f) => f.properties.mark && f.properties.mark !== "kept");
  const matters = (f) => !told || f.properties.mark !== "kept";
  const near = L.latLngBounds(["site", "home", "station"].flatMap(of).filter(matters).map((f) => [f.geometry.coordinates[1], f.geometry.coordinates[0]]));
  map.fitBounds(near.isValid() ? near.pad(0.6) : city.isValid() ? city : CITY, { maxZoom: 13 });
  marks(map, of("station"), "shape-station").addTo(map);
  marks(map, of("home"), "shape-home").addTo(map);
  marks(map, of("site")).addTo(map);
  box.dataset.ready = "yes";
}

const json = (address, signal) =>
  fetch(address, { signal }).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))));

// One view at a time: what was asked for a view that is left is given up.
function views(map) {
  let group = L.layerGroup().addTo(map);
  let running = new AbortController();
  const show = async () => {
    running.abort();
    running = new AbortController();
    const b = map.getBounds().pad(0.1);
    const view = new URL(word("src"), window.location.href);
    view.searchParams.set("bbox", [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((x) => x.toFixed(5)).join(","));
    view.searchParams.set("zoom", String(Math.round(map.getZoom())));
    try {
      const data = await json(view, running.signal);
      const next = marks(map, data.features);
      const held = document.activeElement?.closest?.("#sites .leaflet-marker-pane, #sites .leaflet-overlay-pane");
      group.remove();
      group = next.addTo(map);
      if (held) box.focus();
      box.dataset.ready = "yes";
    } catch (fault) {
      if (fault.name !== "AbortError") failed();
    }
  };
  map.on("moveend", show);
  return show();
}

function failed() {
  const note = el("p", word("failed"));
  note.className = "hint";
  box.replaceChildren(note);
}

async function start() {
  if (!word("ground")) return whole(await json(word("src")));
  const ground = await json(word("ground"));
  const map = begin();
  const city = lay(map, ground);
  map.fitBounds(city.isValid() ? city : CITY);
  return views(map);
}

if (box && L) start().catch(failed);
else if (box) failed();
