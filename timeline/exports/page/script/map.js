// The map: an outline of the world (Miller's projection) and the places of the events, near ones as one circle.

const CELL = 26, MAP_HEIGHT = 190, WIDEST = 360, NARROWEST = 14;
const RADIAN = Math.PI / 180;
const northing = (latitude) => -1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * clamp(latitude, -85, 85) * RADIAN)) / RADIAN;
const chart = { x: 0, y: -20, across: WIDEST, width: 0, places: [], drag: null };

const onChart = ({ longitude, latitude }) => [
  (longitude - chart.x) * (chart.width / chart.across) + chart.width / 2,
  (northing(latitude) - chart.y) * (chart.width / chart.across) + MAP_HEIGHT / 2,
];

function outline() {
  return DATA.world.map((ring) => {
    let [x, y] = ring, path = "";
    for (let i = 2; ; i += 2) {
      path += `${path ? "L" : "M"}${(x / 10).toFixed(1)} ${northing(y / 10).toFixed(2)}`;
      if (i >= ring.length) return `${path}z`;
      x += ring[i];
      y += ring[i + 1];
    }
  }).join("");
}

// The part of the world that holds all places, or all of it.
function fitChart() {
  const known = chart.all;
  const [xs, ys] = [known.map((place) => place.longitude), known.map((place) => northing(place.latitude))];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  chart.across = clamp(Math.max((east - west) * 1.25, (south - north) * 1.35 * (chart.width / MAP_HEIGHT), 30), NARROWEST, WIDEST);
  chart.x = (west + east) / 2;
  chart.y = (north + south) / 2;
  keepChart();
}

function keepChart() {
  chart.across = clamp(chart.across, NARROWEST, WIDEST);
  const half = chart.across / 2;
  chart.x = chart.across >= WIDEST ? 0 : clamp(chart.x, -180 + half, 180 - half);
  const high = (chart.across * MAP_HEIGHT) / chart.width / 2;
  const [top, bottom] = [northing(84), northing(-58)];
  chart.y = 2 * high >= bottom - top ? (top + bottom) / 2 : clamp(chart.y, top + high, bottom - high);
}

// Places that would lie on each other, together: the middle of their events, their number.
function clusters() {
  const cells = new Map();
  for (const { place, count } of chart.places) {
    const [x, y] = onChart(place);
    if (x < -9 || y < -9 || x > chart.width + 9 || y > MAP_HEIGHT + 9) continue;
    const key = `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
    const cell = cells.get(key) ?? { x: 0, y: 0, count: 0, places: [] };
    cells.set(key, cell);
    cell.x += x * count;
    cell.y += y * count;
    cell.count += count;
    cell.places.push({ place, count });
  }
  const found = [...cells.values()].map((cell) => ({ ...cell, x: cell.x / cell.count, y: cell.y / cell.count }));
  return apart(found.sort((a, b) => b.count - a.count));
}

// Circles that still overlap become one, the larger taking in the smaller.
function apart(found) {
  const kept = [];
  for (const cell of found) {
    const near = kept.find((other) => Math.hypot(other.x - cell.x, other.y - cell.y) < radius(other.count) + radius(cell.count));
    if (!near) {
      kept.push(cell);
      continue;
    }
    const count = near.count + cell.count;
    near.x = (near.x * near.count + cell.x * cell.count) / count;
    near.y = (near.y * near.count + cell.y * cell.count) / count;
    near.count = count;
    near.places.push(...cell.places);
  }
  return kept;
}

function drawChart() {
  const box = $("map-view");
  if (!box?.clientWidth) return;
  const first = !chart.width;
  chart.width = box.clientWidth;
  if (first) fitChart();
  keepChart();
  const scale = chart.width / chart.across;
  $("land").setAttribute("transform", `translate(${chart.width / 2} ${MAP_HEIGHT / 2}) scale(${scale}) translate(${-chart.x} ${-chart.y})`);
  const svg = $("chart");
  svg.setAttribute("width", chart.width);
  const focused = document.activeElement?.dataset?.spot;
  const found = clusters();
  const taken = found.map(({ x, y, count }) => { const r = radius(count); return [x - r, y - r, x + r, y + r]; });
  $("spots").replaceChildren(...found.map((cluster) => spot(cluster, taken)));
  if (focused) [...$("spots").children].find((each) => each.dataset.spot === focused)?.focus();
}

const radius = (count) => clamp(4 + 2.1 * Math.log2(count), 4.5, 16);

function spot({ x, y, count, places }, taken) {
  places.sort((a, b) => b.count - a.count);
  const keys = places.map(({ place }) => place.key);
  const chosenAll = keys.every((key) => asked.place.has(key));
  const r = radius(count), name = places[0].place.name, others = places.length - 1;
  const label = others ? `${name} and ${others} more` : name;
  const vague = places.every(({ place }) => ["country", "region", "area"].includes(place.exactness));
  const act = () => ask((now) => { for (const key of keys) chosenAll ? now.place.delete(key) : now.place.add(key); });
  const made = draw("g", { class: `spot${chosenAll ? " chosen" : ""}${vague ? " vague" : ""}`, role: "button", tabindex: "0",
    "aria-pressed": String(chosenAll), "aria-label": `${label}: ${many(count, "event")}`, "data-spot": keys[0] },
  draw("title", {}, `${places.slice(0, 8).map((each) => `${each.place.name} (${each.count})`).join(", ")}${others > 7 ? ", …" : ""}`),
  draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) }),
  r >= 8 ? draw("text", { class: "many", x: x.toFixed(1), y: (y + 3.4).toFixed(1) }, count.toLocaleString("en")) : null,
  nameOf(others ? `${name} +${others}` : name, x, y, r, taken));
  made.addEventListener("click", () => chart.moved || act());
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  return made;
}

// The name beside the circle, where there is room for it.
function nameOf(text, x, y, r, taken) {
  if (text.length > 22) return null;
  const width = text.length * 5.6;
  for (const [left, anchor, at] of [[x + r + 2, "start", x + r + 3], [x - r - 2 - width, "end", x - r - 3]]) {
    const box = [left, y - 6, left + width, y + 6];
    const free = box[0] >= 0 && box[2] <= chart.width && y > 6 && y < MAP_HEIGHT - 6 &&
      taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
    if (!free) continue;
    taken.push(box);
    return draw("text", { class: "name", x: at.toFixed(1), y: (y + 3.4).toFixed(1), "text-anchor": anchor }, text);
  }
  return null;
}

function zoomChart(factor, x = chart.width / 2, y = MAP_HEIGHT / 2) {
  const before = chart.across;
  chart.across = clamp(before * factor, NARROWEST, WIDEST);
  const change = (before - chart.across) / chart.width;
  chart.x += (x - chart.width / 2) * change;
  chart.y += (y - MAP_HEIGHT / 2) * change;
  drawChart();
}

function moveChart(right, down) {
  chart.x += (right * chart.across) / chart.width;
  chart.y += (down * chart.across) / chart.width;
  drawChart();
}

const nearerChart = () => zoomChart(0.6), fartherChart = () => zoomChart(1 / 0.6);
const wholeChart = () => { fitChart(); drawChart(); };

function startMap() {
  chart.all = PLACES.filter((place) => place.latitude !== undefined);
  if (!chart.all.length) {
    document.querySelector(".map").hidden = true;
    return;
  }
  const svg = draw("svg", { id: "chart", height: MAP_HEIGHT, role: "group", "aria-label": "Map of the places", tabindex: "0" },
    draw("g", { "aria-hidden": "true" }, draw("path", { id: "land", d: outline() })), draw("g", { id: "spots" }));
  $("map").append(make("div", { id: "map-view" }, svg),
    make("div", { class: "map-foot" }, make("p", { id: "mapped" }),
      make("p", { class: "zoom" },
        button({ "aria-label": "Zoom in on the map" }, nearerChart, "+"),
        button({ "aria-label": "Zoom out of the map" }, fartherChart, "−"),
        button({}, wholeChart, "Fit"))));
  listeners.push((answer) => {
    const counts = new Map();
    for (const { place } of answer.anyPlace) {
      if (place?.latitude === undefined) continue;
      const known = counts.get(place.key) ?? { place, count: 0 };
      known.count++;
      counts.set(place.key, known);
    }
    chart.places = [...counts.values()];
    const mapped = chart.places.reduce((sum, { count }) => sum + count, 0);
    $("mapped").textContent = `${mapped.toLocaleString("en")} of ${answer.anyPlace.length.toLocaleString("en")} placed`;
    drawChart();
  });
  new ResizeObserver(drawChart).observe($("map-view"));
  dragChart(svg);
}

function dragChart(svg) {
  svg.addEventListener("pointerdown", (event) => {
    chart.drag = [event.clientX, event.clientY];
    chart.moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!chart.drag) return;
    const [right, down] = [chart.drag[0] - event.clientX, chart.drag[1] - event.clientY];
    if (!chart.moved && Math.hypot(right, down) < 5) return;
    chart.moved = true;
    chart.drag = [event.clientX, event.clientY];
    moveChart(right, down);
  });
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, () => { chart.drag = null; });
  const at = (event) => [event.clientX - svg.getBoundingClientRect().left, event.clientY - svg.getBoundingClientRect().top];
  svg.addEventListener("dblclick", (event) => zoomChart(0.5, ...at(event)));
  // The wheel zooms a map that has the focus or is pinched: one that is only passed by lets the page scroll.
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !svg.contains(document.activeElement)) return;
    event.preventDefault();
    zoomChart(clamp(1.0025 ** event.deltaY, 0.5, 2), ...at(event));
  }, { passive: false });
  answerKeys(svg, { "+": nearerChart, "=": nearerChart, "-": fartherChart, 0: wholeChart, ArrowLeft: () => moveChart(-40, 0),
    ArrowRight: () => moveChart(40, 0), ArrowUp: () => moveChart(0, -40), ArrowDown: () => moveChart(0, 40) });
}
