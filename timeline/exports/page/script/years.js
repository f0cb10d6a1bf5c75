// The strip over the list: how many events there are when, by colour. What it shows is what the list shows: to drag,
// turn the wheel or press a key on it zooms, and so asks for those days. An event whose day is not known is spread
// evenly over all its days.

const UNITS = [
  { days: 1, name: "a day" }, { days: 7, name: "a week" }, { months: 1, name: "a month" },
  { months: 3, name: "a quarter" }, { months: 12, name: "a year" }, { months: 60, name: "in 5 years" },
  { months: 120, name: "in 10 years" }, { months: 1200, name: "in 100 years" }, { months: 12000, name: "in 1,000 years" },
];
const PLOT = 64, AXIS = 20, OVERVIEW = 9;
const strip = { width: 0, events: [], drag: null, unit: UNITS[0], edges: [] };

const viewed = () => [clamp(asked.from ?? SPAN[0], ...SPAN), clamp(asked.to ?? SPAN[1], ...SPAN)];
const atX = (day, [a, b] = viewed()) => ((day - a) / (b - a + 1)) * strip.width;
const dayAt = (x, [a, b] = viewed()) => clamp(Math.floor(a + (x / strip.width) * (b - a + 1)), a, b);

function showDays(a, b) {
  const length = clamp(b - a + 1, 1, SPAN[1] - SPAN[0] + 1);
  const from = clamp(Math.round(a), SPAN[0], SPAN[1] - length + 1);
  const to = from + Math.round(length) - 1;
  const whole = from <= SPAN[0] && to >= SPAN[1];
  ask((now) => { [now.from, now.to] = whole ? [null, null] : [from, to]; });
}

// Shows `factor` times as many days, with the day under the pointer where it is; whole months unless a wheel turns.
function zoomDays(factor, around = 0.5, whole = true) {
  const [a, b] = viewed();
  const length = b - a + 1, wanted = Math.max(7, length * factor);
  const start = a + around * (length - wanted);
  const [from, to] = [start, start + wanted - 1].map(Math.round);
  if (wanted < 150 || !whole) showDays(from, to);
  else showDays(monthAt(from), monthAt(to + 1) - 1);
}

// The nearest first day of a month.
const monthAt = (day) => dayOf(partsOf(day + 15).year, partsOf(day + 15).month);

function moveDays(part) {
  const [a, b] = viewed();
  const step = (b - a + 1) * part;
  showDays(a + step, b + step);
}

function edgesOf([a, b], unit) {
  const edges = [];
  if (unit.days) {
    for (let day = unit.days === 7 ? a - ((a + 3) % 7 + 7) % 7 : a; day <= b; day += unit.days) edges.push(day);
    return [...edges, edges.at(-1) + unit.days];
  }
  const { year, month } = partsOf(a);
  let at = Math.floor((year * 12 + month - 1) / unit.months) * unit.months;
  do edges.push(dayOf(Math.floor(at / 12), (at % 12) + 1)); while ((at += unit.months) && edges.at(-1) <= b);
  return edges;
}

// For each family the number of events in each bin.
function density(events, edges) {
  const bins = new Map(DATA.families.map(([key]) => [key, new Float64Array(edges.length - 1)]));
  for (const { earliest, latest, family } of events) {
    const [first, last] = [earliest ?? latest, latest ?? earliest];
    if (first === null || last < edges[0] || first >= edges.at(-1)) continue;
    const each = 1 / (last - first + 1), into = bins.get(family);
    let [low, high] = [0, edges.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (edges[middle] <= first) low = middle; else high = middle - 1;
    }
    for (let i = low; i < into.length && edges[i] <= last; i++) {
      into[i] += each * (Math.min(last + 1, edges[i + 1]) - Math.max(first, edges[i]));
    }
  }
  return bins;
}

function drawStrip() {
  const box = $("strip");
  strip.width = box.clientWidth;
  if (!SPAN || !strip.width) return;
  const view = viewed(), days = view[1] - view[0] + 1;
  const most = clamp(strip.width / 7, 20, 140);
  strip.unit = UNITS.find((unit) => days / (unit.days ?? unit.months * 30.4) <= most) ?? UNITS.at(-1);
  strip.edges = edgesOf(view, strip.unit);
  const bins = density(strip.events, strip.edges);
  const heights = strip.edges.slice(1).map((_, i) => [...bins.values()].reduce((sum, bin) => sum + bin[i], 0));
  const top = Math.max(1, ...heights);
  const below = new Float64Array(heights.length);
  const bars = DATA.families.map(([key]) => {
    let path = "";
    bins.get(key).forEach((number, i) => {
      if (!number) return;
      const [left, right] = [Math.max(0, atX(strip.edges[i], view)), Math.min(strip.width, atX(strip.edges[i + 1], view))];
      const gap = right - left > 4 ? 1 : 0;
      const height = (number / top) * (PLOT - 12);
      const y = PLOT - below[i] - height;
      below[i] += height;
      path += `M${left.toFixed(1)} ${y.toFixed(1)}h${Math.max(0.5, right - left - gap).toFixed(1)}v${height.toFixed(1)}H${left.toFixed(1)}z`;
    });
    return draw("path", { class: `f-${key}`, d: path });
  });
  const zoomed = asked.from !== null || asked.to !== null;
  const [a, b] = view.map((day) => ((day - SPAN[0]) / (SPAN[1] - SPAN[0] + 1)) * strip.width);
  const peak = top >= 10 ? Math.round(top) : Math.round(top * 10) / 10;
  box.replaceChildren(draw("svg", { width: strip.width, height: PLOT + AXIS + OVERVIEW, "aria-hidden": "true" },
    ...bars,
    draw("path", { class: "axis", d: `M0 ${PLOT + 0.5}H${strip.width}` }),
    ...ticks(view).map(({ day, text }) => draw("g", { class: "tick" },
      draw("path", { d: `M${Math.round(atX(day, view)) + 0.5} ${PLOT}v4` }),
      draw("text", { x: atX(day, view) + 4, y: PLOT + 14 }, text))),
    draw("text", { class: "unit", x: strip.width, y: 9, "text-anchor": "end" }, `up to ${peak.toLocaleString("en")} ${strip.unit.name}`),
    draw("rect", { class: "whole", x: 0, y: PLOT + AXIS + 3, width: strip.width, height: 3, rx: 1.5 }),
    zoomed ? draw("rect", { class: "window", x: a, y: PLOT + AXIS + 2, width: Math.max(3, b - a), height: 5, rx: 2.5 }) : null,
    draw("rect", { class: "drag", id: "drag", y: 0, height: PLOT })));
  $("strip-label").textContent = `Events over time, ${zoomed ? "showing" : "all of"} ${rangeText(...view)}`;
  $("from").value = asked.from === null ? "" : shortDay(asked.from, 0);
  $("to").value = asked.to === null ? "" : shortDay(asked.to, 1);
  $("all-years").disabled = $("farther").disabled = !zoomed;
}

// Where the axis says what day it is: years, months or days, as far apart as their names need.
function ticks([a, b]) {
  const found = [], perDay = strip.width / (b - a + 1);
  const [first, last] = [partsOf(a), partsOf(b)];
  const step = (sizes, width) => sizes.find((size) => size * width >= 58) ?? sizes.at(-1);
  if (perDay * 30.4 * 6 < 58) {
    const years = step([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], perDay * 365.25);
    for (let year = Math.ceil(first.year / years) * years; year <= last.year; year += years) found.push({ day: dayOf(year), text: String(year) });
  } else if (perDay * 7 < 58) {
    const months = step([1, 2, 3, 6], perDay * 30.4);
    for (let at = first.year * 12; at <= last.year * 12 + 11; at += months) {
      const [year, month] = [Math.floor(at / 12), at % 12];
      found.push({ day: dayOf(year, month + 1), text: month ? MONTHS[month].slice(0, 3) : String(year) });
    }
  } else {
    const days = step([1, 2, 7], perDay);
    for (let day = a; day <= b; day += days) found.push({ day, text: said(isoOf(day), day === a ? null : partsOf(day).year) });
  }
  return found.filter(({ day }) => day >= a && atX(day, [a, b]) < strip.width - 24);
}

// A first or last day as short as it can be typed: 2021, 2021-02, 2021-02-03.
function shortDay(day, end) {
  const at = partsOf(day + end);
  const iso = isoOf(day);
  return at.day > 1 ? iso : at.month > 1 ? iso.slice(0, 7) : iso.slice(0, 4);
}

function startYears() {
  if (!SPAN) {
    document.querySelector(".years").hidden = true;
    return;
  }
  listeners.push((answer) => { strip.events = answer.anyYear; drawStrip(); });
  new ResizeObserver(drawStrip).observe($("strip"));
  dragYears();
  wheelYears();
  const nearer = () => zoomDays(0.5), farther = () => zoomDays(2), all = () => showDays(...SPAN);
  answerKeys($("strip"), { "+": nearer, "=": nearer, "-": farther, ArrowLeft: () => moveDays(-0.25), ArrowRight: () => moveDays(0.25),
    0: all, Home: all, Escape: all });
  $("nearer").addEventListener("click", nearer);
  $("farther").addEventListener("click", farther);
  $("all-years").addEventListener("click", all);
  for (const id of ["from", "to"]) {
    $(id).addEventListener("change", () => {
      const wrong = !daysOf($(id).value) && $(id).value.trim() !== "";
      $(id).setAttribute("aria-invalid", wrong);
      if (!wrong) ask((now) => { [now.from, now.to] = rangeOf($("from").value, $("to").value); });
    });
  }
}

function dragYears() {
  const box = $("strip");
  const x = (event) => clamp(event.clientX - box.getBoundingClientRect().left, 0, strip.width);
  box.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    strip.drag = x(event);
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (strip.drag === null) return;
    const [a, b] = [strip.drag, x(event)].sort((left, right) => left - right);
    $("drag").setAttribute("x", a);
    $("drag").setAttribute("width", b - a);
  });
  box.addEventListener("pointerup", (event) => {
    if (strip.drag === null) return;
    const [a, b] = [strip.drag, x(event)].sort((left, right) => left - right);
    strip.drag = null;
    if (b - a < 5) drawStrip();
    else showDays(wholeBins(dayAt(a), 0), wholeBins(dayAt(b), 1));
  });
  box.addEventListener("pointercancel", () => { strip.drag = null; drawStrip(); });
  box.addEventListener("dblclick", () => showDays(...SPAN));
}

// The first or last day of the bar that a day is in.
function wholeBins(day, end) {
  const at = strip.edges.findIndex((edge) => edge > day);
  return end ? strip.edges[at] - 1 : strip.edges[at - 1];
}

function wheelYears() {
  let turned = 0, around = 0.5, waiting = false;
  $("strip").addEventListener("wheel", (event) => {
    event.preventDefault();
    turned += Math.abs(event.deltaX) > Math.abs(event.deltaY) ? 0 : event.deltaY * (event.deltaMode ? 30 : 1);
    around = clamp((event.clientX - $("strip").getBoundingClientRect().left) / strip.width, 0, 1);
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (turned) zoomDays(clamp(1.0025 ** turned, 0.4, 2.5), around, false);
      turned = 0;
    });
  }, { passive: false });
}
