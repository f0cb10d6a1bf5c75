// All together. Whatever fails here leaves the plain list in sight.

function showSum() {
  const urls = new Set(EVENTS.flatMap((event) => event.urls.map((url) => url.address)));
  const countries = new Set(EVENTS.flatMap((event) => event.countries));
  const [first, last] = (EXTENT ?? []).map((day) => partsOf(day).year);
  const years = EXTENT ? (first === last ? String(first) : `${first} – ${last}`) : "";
  $("sum").textContent = [years, many(EVENTS.length, "event"), countries.size === 1 ? "1 country" : `${countries.size} countries`,
    urls.size ? many(urls.size, "source") : ""].filter(Boolean).join(" · ");
}

function start() {
  readAddress();
  const wanted = asked.event;
  showSum();
  startFacets();
  startYears();
  startMap();
  startKeys();
  let shown = null;
  listeners.push((answer) => {
    const same = shown && shown.length === answer.all.length && shown.every((event, i) => event === answer.all[i]);
    if (!same) showEvents(answer.all);
    shown = answer.all;
  });
  announce();
  if (wanted) goTo(wanted);
  window.addEventListener("hashchange", () => {
    readAddress();
    announce();
    if (asked.event) goTo(asked.event);
  });
  window.addEventListener("beforeprint", showAll);
  window.addEventListener("scroll", nearTheEnd, { passive: true });
  soon(function warm(deadline, from = 0) {
    let at = from;
    while (at < EVENTS.length && deadline.timeRemaining() > 2) haystack(EVENTS[at++]);
    if (at < EVENTS.length) soon((next) => warm(next, at));
  });
}

try {
  start();
  $("plain").remove();
} catch (error) {
  document.documentElement.className = "";
  throw error;
}
