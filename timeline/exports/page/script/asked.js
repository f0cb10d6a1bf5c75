// What the reader asks for, kept in the address after "#", and which events answer.

// Facet: its heading, the values of an event, how a value is called.
const FACETS = {
  family: { title: "What it is", values: (e) => [e.family], label: (v) => DATA.families.find(([key]) => key === v)?.[1] ?? v },
  country: { title: "Country", values: (e) => e.countries, label: countryName },
  actor: {
    title: "Who", values: (e) => [...new Set(e.parties.map((party) => party.actor.key))],
    label: (v) => ACTOR_NAMES.get(v) ?? v,
  },
  kind: { title: "Kind", values: (e) => [e.kind], label: (v) => v },
  type: { title: "PLOVER type", values: (e) => [e.type], label: (v) => v },
  modality: { title: "Did it happen?", values: (e) => [e.modality], label: (v) => MODALITY_LABELS[v] ?? v },
  place: { title: "Place", values: (e) => (e.place ? [e.place.key] : []), label: (v) => v },
};
const ACTOR_NAMES = new Map(ACTORS.map((actor) => [actor.key, actor.name]));
const MODALITY_LABELS = { actual: "It happened", planned: "Planned", hypothetical: "Hypothetical", denied: "Denied" };
const NAMES = Object.keys(FACETS);

for (const event of EVENTS) event.values = NAMES.map((name) => FACETS[name].values(event));

const asked = { text: "", from: null, to: null, event: "", ...Object.fromEntries(NAMES.map((name) => [name, new Set()])) };
const listeners = [];

// Change what is asked, then tell everyone who shows it.
function ask(change) {
  change(asked);
  writeAddress();
  announce();
}

function announce() {
  const answer = answered();
  for (const listener of listeners) listener(answer);
}

const isAsked = () => Boolean(asked.text || asked.from !== null || asked.to !== null || NAMES.some((name) => asked[name].size));

function askNothing() {
  ask((now) => {
    now.text = "";
    now.from = now.to = null;
    for (const name of NAMES) now[name].clear();
  });
}

const toggle = (facet, value) => ask((now) => now[facet].delete(value) || now[facet].add(value));

function inRange(event, from, to) {
  if (from === null && to === null) return true;
  if (event.earliest === null && event.latest === null) return false;
  return (to === null || (event.earliest ?? -Infinity) <= to) && (from === null || (event.latest ?? Infinity) >= from);
}

// The events that answer everything asked; those that answer all but the years (for the strip) and all but the place
// (for the map); and for each facet how many events each value would leave if the facet itself asked nothing.
function answered() {
  const words = fold(asked.text).split(/\s+/).filter(Boolean);
  const all = [], anyYear = [], anyPlace = [];
  const counts = NAMES.map(() => new Map());
  const placeAt = NAMES.indexOf("place");
  for (const event of EVENTS) {
    if (words.length && !words.every((word) => haystack(event).includes(word))) continue;
    const dated = inRange(event, asked.from, asked.to);
    let missed = -1, misses = 0;
    for (let i = 0; i < NAMES.length && misses < 2; i++) {
      const wanted = asked[NAMES[i]];
      if (wanted.size && !event.values[i].some((value) => wanted.has(value))) { missed = i; misses++; }
    }
    if (misses > 1) continue;
    if (!misses) anyYear.push(event);
    if (!dated) continue;
    if (!misses) all.push(event);
    if (!misses || missed === placeAt) anyPlace.push(event);
    for (let i = 0; i < NAMES.length; i++) {
      if (misses && i !== missed) continue;
      for (const value of event.values[i]) counts[i].set(value, (counts[i].get(value) ?? 0) + 1);
    }
  }
  return { all, anyYear, anyPlace, counts: Object.fromEntries(NAMES.map((name, i) => [name, counts[i]])) };
}

function writeAddress() {
  const said = new URLSearchParams();
  if (asked.text) said.set("text", asked.text);
  if (asked.from !== null) said.set("from", isoOf(asked.from));
  if (asked.to !== null) said.set("to", isoOf(asked.to));
  for (const name of NAMES) for (const value of asked[name]) said.append(name, value);
  if (asked.event) said.set("event", asked.event);
  const address = `#${said}`;
  if (address !== (location.hash || "#")) history.replaceState(null, "", address === "#" ? location.pathname + location.search : address);
}

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  asked.text = visible(said.get("text") ?? "");
  [asked.from, asked.to] = rangeOf(said.get("from") ?? "", said.get("to") ?? "");
  for (const name of NAMES) asked[name] = new Set(said.getAll(name).map(visible));
  asked.event = visible(said.get("event") ?? "");
}
