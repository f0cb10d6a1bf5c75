// The events, out of the rows and tables that the file carries (written by rows.py, in the same order).

const DATA = JSON.parse($("data").textContent);

const FAMILY_OF = new Map(DATA.families.flatMap(([key, , types]) => types.map((type) => [type, key])));

const ACTORS = DATA.actors.map(([key, name, kind, country]) => ({ key, name, kind, country }));
const PLACES = DATA.places.map(([name, country, exactness, latitude, longitude]) => ({
  name, country, exactness, latitude, longitude, key: country ? `${name}, ${country}` : name,
}));
const URLS = DATA.urls.map((row) => (Array.isArray(row) ? { address: row[0], followed: true } : { address: row, followed: false }));

// A country is called as the file says, else as the actors call it that are countries, else by its code.
const COUNTRIES = new Map(DATA.countries.map(([code, name]) => [code, name]));
for (const actor of ACTORS) {
  if (actor.kind === "country" && actor.country && !COUNTRIES.get(actor.country)) COUNTRIES.set(actor.country, actor.name);
}
const countryName = (code) => COUNTRIES.get(code) || code;

const EVENTS = DATA.events.map((row, number) => {
  const [id, when, title, kind, actors, countries = [], sentence = 0, urls = [], place = 0, modality = 0, sources = 0,
    reports = 0, reported = "", words = -1, reason = -1, judged = 0, details = []] = row;
  const [edtf, first, last] = Array.isArray(when) ? when : [when, when, when];
  const [name, type] = DATA.kinds[kind];
  const parties = [];
  for (let i = 0; i < actors.length; i += 2) parties.push({ actor: ACTORS[actors[i]], role: DATA.roles[actors[i + 1]] });
  return {
    number, id, edtf, title, type, kind: name, parties, sources, reports, reported,
    earliest: daysOf(first)?.[0] ?? null,
    latest: daysOf(last)?.[1] ?? null,
    section: sectionOf(edtf),
    family: FAMILY_OF.get(type) ?? "other",
    countries: countries.map((n) => DATA.countries[n][0]),
    sentence: DATA.texts[sentence] ?? "",
    urls: urls.map((n) => URLS[n]),
    place: place ? PLACES[place - 1] : null,
    modality: DATA.modalities[modality],
    words: DATA.texts[words] ?? "",
    reason: DATA.texts[reason] ?? "",
    hidden: Boolean(judged & 1),
    confirmed: Boolean(judged & 2),
    edited: Boolean(judged & 4),
    told: details.map(([text, publisher, url, published]) => ({
      sentence: DATA.texts[text], publisher: DATA.texts[publisher], url: URLS[url], published,
    })),
  };
});

// In the order of time; what has no date comes last, and what falls together keeps its order.
function inTime(a, b) {
  if (!a.section || !b.section) return (a.section ? 0 : 1) - (b.section ? 0 : 1) || a.number - b.number;
  return a.section.key - b.section.key || a.section.month - b.section.month ||
    (a.earliest ?? a.latest ?? 0) - (b.earliest ?? b.latest ?? 0) || a.number - b.number;
}
EVENTS.sort(inTime);

const BY_ID = new Map(EVENTS.map((event) => [event.id, event]));

// What a search looks through; made when first asked for.
function haystack(event) {
  event.haystack ??= fold([event.title, event.sentence, event.kind, event.place?.name ?? "", event.id,
    ...event.parties.map((party) => party.actor.name), ...event.countries.map(countryName),
    ...event.told.map((report) => report.sentence)].join("\n"));
  return event.haystack;
}

// First and last day that any of the events may have happened on; null where none has a date.
function extentOf(events) {
  return events.reduce((known, { earliest, latest }) => {
    if (earliest === null && latest === null) return known;
    const [first, last] = [earliest ?? latest, latest ?? earliest];
    return known ? [Math.min(known[0], first), Math.max(known[1], last)] : [first, last];
  }, null);
}

const EXTENT = extentOf(EVENTS);

// The widest view of the strip: the whole years of what is known to ten years or better; a century would hide the rest.
const SPAN = (() => {
  const near = ({ earliest, latest }) => earliest === null || latest === null || latest - earliest <= 3660;
  const extent = extentOf(EVENTS.filter(near)) ?? EXTENT;
  return extent && [dayOf(partsOf(extent[0]).year), dayOf(partsOf(extent[1]).year + 1) - 1];
})();
