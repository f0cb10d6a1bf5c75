// The boxes to tick: for each facet its most frequent values with the number of events that each would leave.

const inAlphabet = new Intl.Collator("en").compare;
const SHOWN = 6, FOUND = 30;
const OPEN_AT_FIRST = new Set(["family", "country", "actor", "kind", "modality"]);

function facetBox(name) {
  const { title, label } = FACETS[name];
  const at = NAMES.indexOf(name);
  const totals = new Map();
  for (const event of EVENTS) for (const value of event.values[at]) totals.set(value, (totals.get(value) ?? 0) + 1);
  const order = name === "family" ? DATA.families.map(([key]) => key)
    : name === "modality" ? DATA.modalities.filter((value) => totals.has(value))
    : [...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a) || inAlphabet(label(a), label(b)));
  if (order.length < 2) return null;

  const list = make("ul", { class: "ticks" });
  const find = order.length > SHOWN
    ? make("input", { type: "search", class: "find", placeholder: `Find among ${order.length.toLocaleString("en")}`,
      "aria-label": `Find: ${title}`, autocomplete: "off", spellcheck: "false" })
    : null;
  const box = make("details", { class: "facet", open: OPEN_AT_FIRST.has(name) },
    make("summary", {}, make("h2", {}, title)), find, list);
  let counts = new Map();

  function show() {
    const looked = find ? fold(find.value).trim() : "";
    const fitting = looked ? order.filter((value) => fold(label(value)).includes(looked)) : order;
    const few = new Set(fitting.slice(0, looked ? FOUND : SHOWN));
    for (const value of asked[name]) few.add(value);
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    list.replaceChildren(...[...few].map((value) => {
      const count = counts.get(value) ?? 0;
      const tick = make("input", { type: "checkbox", value });
      tick.checked = asked[name].has(value);
      tick.addEventListener("change", () => toggle(name, value));
      return make("li", { class: count ? null : "none" }, make("label", {}, tick,
        name === "family" ? make("span", { class: `swatch f-${value}` }) : null,
        make("span", { class: "value", dir: "auto" }, label(value)),
        make("span", { class: "number" }, count.toLocaleString("en"))));
    }));
    if (focused !== null) [...list.querySelectorAll("input")].find((tick) => tick.value === focused)?.focus();
  }
  find?.addEventListener("input", show);
  listeners.push((answer) => {
    counts = answer.counts[name];
    show();
  });
  return box;
}

function startFacets() {
  for (const name of ["family", "modality", "country", "actor", "kind", "type"]) {
    const box = facetBox(name);
    if (box) $("facets").append(box);
  }
  let waiting = 0;
  $("text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask((now) => { now.text = $("text").value; }), 80);
  });
  $("clear").addEventListener("click", askNothing);
  $("fold").addEventListener("click", () => {
    const open = $("fold").getAttribute("aria-expanded") !== "true";
    $("fold").setAttribute("aria-expanded", open);
    $("folded").classList.toggle("open", open);
    window.dispatchEvent(new Event("resize"));
  });
  listeners.push(showChips);
}

function showChips(answer) {
  const total = EVENTS.length;
  $("count").textContent = answer.all.length === total ? many(total, "event")
    : `${answer.all.length.toLocaleString("en")} of ${many(total, "event")}`;
  $("clear").hidden = !isAsked();
  if (document.activeElement !== $("text")) $("text").value = asked.text;
  const chip = (text, drop) => make("li", {}, button({ class: "chip", "aria-label": `Remove filter: ${text}` }, () => ask(drop),
    make("span", { dir: "auto" }, text), make("span", { class: "cross", "aria-hidden": "true" }, "×")));
  const chips = NAMES.flatMap((name) => [...asked[name]].map((value) =>
    chip(FACETS[name].label(value), (now) => now[name].delete(value))));
  if (asked.text) chips.unshift(chip(`“${asked.text}”`, (now) => { now.text = ""; $("text").value = ""; }));
  if (asked.from !== null || asked.to !== null) {
    chips.unshift(chip(rangeText(asked.from, asked.to), (now) => { now.from = now.to = null; }));
  }
  $("chips").replaceChildren(...chips);
  $("chips").hidden = !chips.length;
}

// Two days in words: whole months and years by their names.
function rangeText(from, to) {
  if (from === null) return `until ${said(isoOf(to))}`;
  if (to === null) return `since ${said(isoOf(from))}`;
  const [a, b] = [partsOf(from), partsOf(to + 1)];
  if (a.day === 1 && b.day === 1) {
    const end = partsOf(to);
    const whole = a.month === 1 && b.month === 1;
    const [first, last] = [a, end].map(({ year, month }) => whole ? String(year) : `${MONTHS[month - 1].slice(0, 3)} ${year}`);
    return first === last ? first : `${first} – ${last}`;
  }
  return from === to ? said(isoOf(from)) : `${said(isoOf(from))} – ${said(isoOf(to))}`;
}
