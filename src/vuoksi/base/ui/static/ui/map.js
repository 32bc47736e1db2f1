/* Draws the map beside its list. The library is large, so it is loaded only where there is a map. */

const COLOURS = { light: { land: "#e1eeeb", shape: "#0b5563" }, dark: { land: "#173a42", shape: "#86d3d4" } };

function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function style(data) {
  const colours = COLOURS[theme()];
  const sources = { places: { type: "geojson", data: data.places } };
  const layers = [{ id: "land", type: "background", paint: { "background-color": colours.land } }];
  if (data.tiles) {
    sources.tiles = { type: "raster", tiles: [data.tiles], tileSize: 256 };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push(
    { id: "areas", type: "fill", source: "places", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colours.shape, "fill-opacity": 0.18 } },
    { id: "borders", type: "line", source: "places", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": colours.shape, "line-width": 2 } },
    { id: "points", type: "circle", source: "places", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 7, "circle-color": colours.shape, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
  );
  return { version: 8, sources, layers };
}

function pairs(coordinates) {
  return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(pairs);
}

function box(features) {
  const all = features.flatMap((feature) => pairs(feature.geometry.coordinates));
  const east = all.map((pair) => pair[0]);
  const north = all.map((pair) => pair[1]);
  return [[Math.min(...east), Math.min(...north)], [Math.max(...east), Math.max(...north)]];
}

function label(library, map, feature, list) {
  const element = document.createElement("span");
  element.className = "map-label";
  element.textContent = feature.properties.label;
  // The list has the same names as links; the labels are for the eye only.
  element.setAttribute("aria-hidden", "true");
  const [[west, south], [east, north]] = box([feature]);
  const isPoint = feature.geometry.type === "Point";
  new library.Marker({ element, anchor: isPoint ? "bottom" : "center", offset: isPoint ? [0, -10] : [0, 0] })
    .setLngLat([(west + east) / 2, (south + north) / 2])
    .addTo(map);
  const row = list.querySelector(`[data-place="${CSS.escape(feature.properties.id)}"]`);
  const light = (on) => () => {
    row?.toggleAttribute("data-on", on);
    element.toggleAttribute("data-on", on);
  };
  for (const thing of [row, element]) {
    thing?.addEventListener("pointerenter", light(true));
    thing?.addEventListener("pointerleave", light(false));
  }
  row?.addEventListener("focusin", light(true));
  row?.addEventListener("focusout", light(false));
  return element;
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/* Names that would cover one another: the first in the list stays. Closer in there is room for more, and the name that
   the reader points at in the list is always shown. */
function clear(labels) {
  const shown = [];
  for (const element of labels) {
    const frame = element.getBoundingClientRect();
    const isCovered = shown.some((other) => meet(frame, other));
    element.toggleAttribute("data-covered", isCovered);
    if (!isCovered) shown.push(frame);
  }
}

async function draw(canvas) {
  const data = JSON.parse(canvas.querySelector("script").textContent);
  if (!data.places.features.length) return;
  const styles = document.createElement("link");
  Object.assign(styles, { rel: "stylesheet", href: canvas.dataset.styles });
  document.head.append(styles);
  const library = await import(canvas.dataset.module);
  library.setWorkerUrl?.(new URL(canvas.dataset.worker, location.href).href);
  canvas.hidden = false;
  const map = new library.Map({
    container: canvas,
    style: style(data),
    bounds: box(data.places.features),
    fitBoundsOptions: { padding: 50, maxZoom: 14 },
    attributionControl: data.tiles ? {} : false,
    cooperativeGestures: true,
  });
  const picture = map.getCanvas();
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", canvas.dataset.name);
  map.addControl(new library.NavigationControl({ showCompass: false }));
  const list = canvas.parentElement;
  const labels = data.places.features.map((feature) => label(library, map, feature, list));
  map.on("moveend", () => clear(labels));
  map.on("resize", () => clear(labels));
  clear(labels);
  map.once("idle", () => canvas.setAttribute("data-ready", ""));
}

document.querySelectorAll("[data-map]").forEach(draw);
