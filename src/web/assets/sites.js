// The map of sites: points from the address in data-src, drawn by Leaflet without any tile. All texts become text
// nodes. The same rows stand in the table beside it.
const box = document.getElementById("sites");
const L = window.L;
const word = (key) => box.dataset[key] ?? "";
const lang = word("lang") === "en" ? "en" : "zh";
const say = (text) => (text && text[lang]) || "";
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

function el(tag, text, href) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (href) node.href = href;
  return node;
}

function popup(p) {
  const root = el("div");
  const title = el("h3");
  title.append(el("a", say(p.name), word("site").replace("KEY", encodeURIComponent(p.id))));
  root.append(title);
  if (p.gain !== undefined) {
    root.append(el("p", `${word("gain")} ${p.gain} · ${word("lose")} ${p.lose}`));
    return root;
  }
  root.append(el("p", `${word("vacant")} ${number.format(p.area / 100)} m² · ${p.count} ${word("units")}`));
  root.append(el("small", say(p.district)));
  return root;
}

function keyboard(mark, name) {
  const path = mark.getElement();
  if (!path) return;
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", name);
  path.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      mark.openPopup();
    }
  });
}

function shapes(features, className) {
  return L.geoJSON({ type: "FeatureCollection", features }, { style: { className }, interactive: false });
}

function marks(features) {
  const group = L.layerGroup();
  const seen = new Map();
  for (const f of [...features].sort((a, b) => (b.properties.area ?? 0) - (a.properties.area ?? 0))) {
    const [lon, lat] = f.geometry.coordinates;
    const key = `${lon},${lat}`;
    const n = seen.get(key) ?? 0;
    seen.set(key, n + 1);
    const turn = n * 2.4;
    const r = n === 0 ? 0 : 0.004 + 0.001 * n;
    const p = f.properties;
    const at = [lat + r * Math.sin(turn), lon + r * Math.cos(turn)];
    const size = p.gain === undefined ? Math.sqrt(p.area / 100) / 14 : 2 * Math.sqrt(p.gain + p.lose);
    const kind = p.gain === undefined ? "shape-full" : p.gain > p.lose ? "shape-gain" : p.gain < p.lose ? "shape-lose" : "shape-both";
    const mark = L.circleMarker(at, { radius: Math.min(24, 5 + size), weight: 1.5, className: kind });
    mark.bindPopup(() => popup(p), { maxWidth: 280 });
    mark.bindTooltip(el("span", say(p.name)));
    mark.on("add", () => keyboard(mark, say(p.name)));
    group.addLayer(mark);
  }
  return group;
}

function draw(data) {
  const of = (layer) => data.features.filter((f) => f.properties.layer === layer);
  const map = L.map(box, { attributionControl: false, minZoom: 8, maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false });
  const districts = shapes(of("district"), "shape-district");
  const whole = districts.getBounds();
  map.fitBounds(whole.isValid() ? whole : [[22.45, 113.75], [22.85, 114.6]]);
  districts.addTo(map);
  shapes(of("line"), "shape-line").addTo(map);
  marks(of("site")).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  box.dataset.ready = "yes";
}

function failed() {
  const note = el("p", word("failed"));
  note.className = "hint";
  box.replaceChildren(note);
}

if (box && L) {
  fetch(word("src"))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then(draw)
    .catch(failed);
} else if (box) {
  failed();
}
