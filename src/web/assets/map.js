// The map of the allocation: one GeoJSON from the API, drawn by Leaflet without any tile. All texts
// come from data attributes of #map or from the features; all of them become
// text nodes (Leaflet would take a string for HTML).
const box = document.getElementById("map");
const L = window.L;
const word = (key) => box.dataset[key] ?? "";
const lang = word("lang") === "en" ? "en" : "zh";
const say = (text) => (text && text[lang]) || "";
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const metres = (hundredths) => `${number.format(hundredths / 100)} m²`;
const link = (pattern, key) => word(pattern).replace("KEY", encodeURIComponent(key));

function el(tag, text, href) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (href) node.href = href;
  return node;
}

// Names as delivered carry their mark in brackets; the mark stands beside the name instead.
function bare(name) {
  return name.replace(/^（模拟）|^\(synthetic\)\s*/, "");
}

function sitePopup(p) {
  const root = el("div");
  const title = el("h3");
  title.append(el("a", say(p.name), link("site", p.id)));
  root.append(title);
  if (p.area > 0) {
    const vacant = Math.max(0, p.area - p.area_let);
    root.append(el("p", `${word("let")} ${metres(p.area_let)} · ${word("vacant")} ${metres(vacant)}`));
    root.append(el("p", p.firms.length ? `${word("placed")} ${p.firms.length}` : word("nobody")));
    root.append(firmList(p.firms));
  }
  if (p.apartments > 0) root.append(el("p", `${word("apartments")} ${p.apartments_let} / ${p.apartments}`));
  root.append(el("small", `${say(p.district)} · ${word("accuracy")} ${number.format(p.accuracy_m)} m`));
  return root;
}

function firmList(firms) {
  const list = el("ul");
  for (const firm of firms.slice(0, 12)) {
    const name = say(firm.name);
    const item = el("li");
    item.append(el("a", bare(name), link("application", firm.application)));
    if (bare(name) !== name) {
      const badge = el("span", word("synthetic"));
      badge.className = "mark synthetic";
      item.append(" ", badge);
    }
    list.append(item);
  }
  if (firms.length > 12) list.append(el("li", `${word("more")} ${firms.length - 12}`));
  return list;
}

function look(p) {
  if (p.kind === "housing") return "home";
  if (p.area_let <= 0) return "vacant";
  return p.area_let >= p.area ? "full" : "part";
}

// Several sites share one stand-in point: they are set on a small ring around it.
function spread(features) {
  const seen = new Map();
  for (const f of features) {
    const key = f.geometry.coordinates.join();
    if (!seen.has(key)) seen.set(key, []);
    seen.get(key).push(f);
  }
  const places = new Map();
  for (const [, group] of seen) {
    group.forEach((f, n) => {
      const [lon, lat] = f.geometry.coordinates;
      const turn = (2 * Math.PI * n) / group.length;
      const r = group.length > 1 ? 0.006 : 0;
      places.set(f, [lat + r * Math.sin(turn), lon + (r * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180)]);
    });
  }
  return places;
}

function siteLayer(features) {
  const group = L.layerGroup();
  const places = spread(features);
  const ordered = [...features].sort((a, b) => b.properties.area - a.properties.area);
  for (const f of ordered) {
    const p = f.properties;
    const radius = p.kind === "housing" ? 4.5 : Math.min(26, 5 + Math.sqrt(p.area / 100) / 14);
    const mark = L.circleMarker(places.get(f), { radius, weight: 1.5, className: `shape-${look(p)}` });
    mark.bindPopup(() => sitePopup(p), { maxWidth: 300, autoPanPaddingTopLeft: [56, 8] });
    mark.bindTooltip(el("span", say(p.name)));
    mark.on("add", () => keyboard(mark, say(p.name)));
    group.addLayer(mark);
  }
  return group;
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

function districtLayer(features) {
  const group = shapes(features, "shape-district");
  group.eachLayer((layer) => {
    const at = layer.getBounds().getCenter();
    const label = L.tooltip({ permanent: true, direction: "center", className: "map-name", interactive: false });
    label.setLatLng(at).setContent(el("span", say(layer.feature.properties.name)));
    layer.on("add", () => label.addTo(map));
    layer.on("remove", () => label.remove());
  });
  return group;
}

function stationLayer(features) {
  const group = L.layerGroup();
  for (const f of features) {
    const [lon, lat] = f.geometry.coordinates;
    const dot = L.circleMarker([lat, lon], { radius: 2, weight: 1, className: "shape-station" });
    group.addLayer(dot.bindTooltip(el("span", say(f.properties.name))));
  }
  return group;
}

function clusterLayer(features) {
  const group = L.layerGroup();
  for (const f of features) {
    const [lon, lat] = f.geometry.coordinates;
    const p = f.properties;
    const ring = L.circle([lat, lon], { radius: p.accuracy_m, weight: 1.5, className: "shape-cluster" });
    group.addLayer(ring.bindTooltip(el("span", `${word("cluster")}: ${say(p.name)}`), { sticky: true }));
  }
  return group;
}

let map;

function draw(data) {
  const of = (layer) => data.features.filter((f) => f.properties.layer === layer);
  map = L.map(box, { attributionControl: false, minZoom: 8, maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false });
  const sites = of("site");
  const districts = districtLayer(of("district"));
  const whole = districts.getBounds();
  map.fitBounds(whole.isValid() ? whole : [[22.45, 113.75], [22.85, 114.6]]);
  const space = siteLayer(sites.filter((f) => f.properties.kind === "space" && f.properties.area > 0));
  const homes = siteLayer(sites.filter((f) => f.properties.kind === "housing" && f.properties.apartments > 0));
  const metro = L.layerGroup([shapes(of("line"), "shape-line"), stationLayer(of("station"))]);
  const layers = {
    [word("district")]: districts,
    [word("lines")]: metro,
    [word("clusters")]: clusterLayer(of("cluster")),
    [word("housing")]: homes,
    [word("sites")]: space,
  };
  for (const layer of Object.values(layers)) layer.addTo(map);
  L.control.layers(null, layers, { collapsed: window.innerWidth < 700 }).addTo(map);
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
