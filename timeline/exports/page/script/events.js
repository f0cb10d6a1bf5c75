// The list: years, months, events. The first are shown at once, the others whenever the browser has time; what goes
// beyond ten thousand waits until someone scrolls to it.

const AT_ONCE = 40, AT_A_TIME = 60, UNASKED = 10_000;
const opened = new Set();
let coming = { events: [], next: 0, turn: 0, year: null, month: null };

function showEvents(events) {
  coming = { events, next: 0, turn: coming.turn + 1, year: null, month: null };
  const list = $("list");
  if (list.getBoundingClientRect().top < 0) $("events").scrollIntoView({ block: "start" });
  list.replaceChildren();
  if (!events.length) list.append(make("p", { class: "nothing" }, "No event answers all of this. ", button({ class: "value-button" }, askNothing, "Clear all filters")));
  more(AT_ONCE);
  later(coming.turn);
}

function later(turn) {
  if (coming.next < Math.min(UNASKED, coming.events.length)) {
    soon((deadline) => {
      while (turn === coming.turn && more(AT_A_TIME) && deadline.timeRemaining() > 4);
      if (turn === coming.turn) later(turn);
    });
  }
}

const showAll = () => more(Infinity);

function nearTheEnd() {
  const left = document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
  if (left < 2 * window.innerHeight) more(AT_A_TIME);
}

// Adds up to so many events to the list; says whether others are left.
function more(number) {
  const { events } = coming;
  const end = Math.min(events.length, coming.next + number);
  for (; coming.next < end; coming.next++) listFor(events[coming.next]).append(item(events[coming.next]));
  return coming.next < events.length;
}

// The list that the event belongs to, with its headings where it is the first there.
function listFor(event) {
  const section = event.section ?? { key: Infinity, title: "Without a date", year: null, month: 0 };
  if (coming.year?.key !== section.key) {
    coming.year = { key: section.key, element: yearSection(section) };
    coming.month = null;
    $("list").append(coming.year.element);
  }
  if (coming.month?.number !== section.month) {
    const list = make("ol", { class: "items" });
    const title = section.month ? MONTHS[section.month - 1] : section.year !== null ? `Some time in ${section.year}` : "";
    const element = title ? make("section", { class: "month" }, make("h3", {}, title), list) : make("section", { class: "month" }, list);
    coming.month = { number: section.month, list };
    coming.year.element.append(element);
  }
  return coming.month.list;
}

function yearSection(section) {
  const number = coming.events.filter((event) => (event.section?.key ?? Infinity) === section.key).length;
  const scale = section.year === null ? null
    : make("span", { class: "scale", "aria-hidden": "true" }, ...MONTHS.map((month) => make("i", {}, month[0])));
  return make("section", { class: "year" }, make("div", { class: "year-head" },
    make("h2", { tabindex: "-1" }, section.title, make("small", {}, many(number, "event"))), scale),
  section.key === Infinity ? make("p", { class: "undated" }, "Nothing in their reports says when these happened.") : null);
}

function item(event) {
  const panel = make("div", { class: "panel", id: `p-${event.number}`, hidden: true });
  const head = make("button", { type: "button", class: "title", "aria-expanded": "false", "aria-controls": panel.id, dir: "auto" }, event.title || "(no title)");
  const exactness = shapeOf(event);
  const made = make("li", { class: `event f-${event.family} m-${event.modality} x-${exactness}`, id: `e-${event.number}` },
    make("span", { class: "date" }, event.section ? said(event.edtf, event.section.year) : ""),
    make("span", { class: "mark", "aria-hidden": "true" }),
    make("div", { class: "body" }, make("h4", {}, head), meta(event), panel),
    track(event));
  head.addEventListener("click", () => setOpen(event, head.getAttribute("aria-expanded") !== "true"));
  if (opened.has(event.id)) open(made, event);
  return made;
}

function meta(event) {
  const badge = (name, text) => make("span", { class: `badge b-${name}` }, text);
  return make("p", { class: "meta" },
    event.modality !== "actual" ? badge(event.modality, event.modality) : null,
    event.hidden ? badge("hidden", "hidden by a person") : null,
    event.confirmed ? badge("confirmed", "✓ confirmed") : null,
    event.edited ? badge("edited", "edited") : null,
    make("span", { class: "kind" }, event.kind),
    event.place ? make("span", { class: "at", dir: "auto" }, event.place.name) : null,
    event.sources > 1 ? badge("sources", many(event.sources, "source")) : null);
}

// How exact the date is, as the mark shows it.
function shapeOf({ earliest, latest }) {
  if (earliest === null && latest === null) return "unknown";
  if (earliest === null) return "until";
  if (latest === null) return "since";
  const days = latest - earliest + 1;
  return days === 1 ? "day" : days <= 31 ? "month" : days <= 366 ? "year" : "years";
}

// A bar from the first to the last day on which it may have happened, on the scale of its year.
function track(event) {
  if (!event.section || event.section.year === null) return make("span", { class: "track none", "aria-hidden": "true" });
  const [first, last] = daysOf(String(event.section.year).padStart(4, "0"));
  const [a, b] = [Math.max(event.earliest ?? -Infinity, first), Math.min(event.latest ?? Infinity, last)];
  const bar = make("i", { class: [(event.earliest ?? -Infinity) < first ? "before" : "", (event.latest ?? Infinity) > last ? "after" : ""].join(" ").trim() });
  const length = last - first + 1;
  bar.style.setProperty("left", `${((a - first) / length) * 100}%`);
  bar.style.setProperty("width", `${((b - a + 1) / length) * 100}%`);
  return make("span", { class: "track", "aria-hidden": "true" }, bar);
}

function open(element, event) {
  const [panel, head] = [element.querySelector(".panel"), element.querySelector(".title")];
  if (!panel.hasChildNodes()) panel.append(...detailsOf(event));
  panel.hidden = false;
  head.setAttribute("aria-expanded", "true");
  element.classList.add("open");
}

function setOpen(event, wanted) {
  const element = $(`e-${event.number}`);
  if (wanted) {
    opened.add(event.id);
    if (element) open(element, event);
  } else {
    opened.delete(event.id);
    element?.classList.remove("open");
    if (element) element.querySelector(".panel").hidden = true;
    element?.querySelector(".title").setAttribute("aria-expanded", "false");
  }
  asked.event = wanted ? event.id : asked.event === event.id ? "" : asked.event;
  writeAddress();
}

// Opens an event and brings it into sight; what the filters hide is shown by asking nothing.
function goTo(id) {
  const event = BY_ID.get(id);
  if (!event) return;
  if (!coming.events.includes(event)) askNothing();
  while (!$(`e-${event.number}`) && more(AT_A_TIME));
  setOpen(event, true);
  const element = $(`e-${event.number}`);
  element?.scrollIntoView({ block: "center" });
  element?.querySelector(".title").focus({ preventScroll: true });
}
