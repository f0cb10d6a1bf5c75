// The keyboard: what `?` lists.

function heads() {
  return [...document.querySelectorAll("#list .title")];
}

// The height at the top of the window that headings cover.
const covered = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
const topOf = (element) => element.getBoundingClientRect().top;

// To the event after (1) or before (-1) the one in hand; the first one in sight where none is.
function step(way) {
  const known = heads();
  const at = known.indexOf(document.activeElement?.closest?.(".event")?.querySelector(".title"));
  if (at === known.length - 1 && way > 0 && more(AT_A_TIME)) return step(way);
  const next = at < 0 ? known.find((head) => topOf(head) > covered()) : known[at + way];
  next?.focus({ preventScroll: true });
  next?.closest(".event").scrollIntoView({ block: "nearest" });
}

// To the beginning of a year: the next one, or that of the one in sight, or the one before.
function stepYear(way) {
  let years = [...document.querySelectorAll(".year")];
  const current = () => years.findLastIndex((year) => topOf(year) < covered());
  if (way > 0 && current() === years.length - 1) {
    showAll();
    years = [...document.querySelectorAll(".year")];
  }
  const at = current();
  const inside = at >= 0 && topOf(years[at]) < covered() - 100;
  const year = years[clamp(way < 0 && inside ? at : at + way, 0, years.length - 1)];
  year?.scrollIntoView({ block: "start" });
  year?.querySelector("h2").focus({ preventScroll: true });
}

function escape() {
  const head = document.activeElement?.closest?.(".event")?.querySelector(".title");
  if (document.activeElement === $("text")) {
    if ($("text").value) ask((now) => { now.text = $("text").value = ""; });
    else $("text").blur();
  } else if (head?.getAttribute("aria-expanded") === "true") {
    head.click();
    head.focus();
  } else {
    document.activeElement?.blur?.();
  }
}

function search() {
  if ($("fold").getAttribute("aria-expanded") !== "true") $("text").scrollIntoView({ block: "nearest" });
  $("text").focus();
  $("text").select();
}

const SHORTCUTS = { "/": search, "?": () => $("help").showModal(), n: () => stepYear(1), p: () => stepYear(-1), j: () => step(1), k: () => step(-1) };

function startKeys() {
  $("help-button").addEventListener("click", () => $("help").showModal());
  $("help-close").addEventListener("click", () => $("help").close());
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("events").focus();
    $("events").scrollIntoView();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape") {
      escape();
    } else if (!typing && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.target.matches?.("input")) {
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (!typing && $("keys-on").checked && Object.hasOwn(SHORTCUTS, event.key)) {
      SHORTCUTS[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  });
}
