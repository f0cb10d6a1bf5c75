// What an opened event shows: the sentences with their sources, how its date was read, who and where.

function detailsOf(event) {
  const told = event.told.length ? event.told : [{ sentence: event.sentence }];
  return [
    ...told.map(quote),
    make("dl", {},
      ...row("When", ...whenSaid(event)),
      ...event.parties.flatMap(({ actor, role }, i) => row(i && event.parties[i - 1].role === role ? "" : ROLE_LABELS[role] ?? role, who(actor))),
      ...(event.place ? row("Where", chosen("place", event.place.key, event.place.name), aside(whereSaid(event.place))) : []),
      ...(event.countries.length ? row("Countries", ...event.countries.map((code) => chosen("country", code, countryName(code)))) : []),
      ...row("Kind", chosen("kind", event.kind, event.kind), aside(event.family === "other" ? "of no PLOVER type" : `${event.type}: ${FACETS.family.label(event.family).toLowerCase()}`)),
      ...row(event.urls.length === 1 ? "Source" : "Sources", sourcesSaid(event)),
      ...row("Show it", make("code", { class: "command" }, `timeline event ${event.id}`),
        make("a", { href: `#event=${encodeURIComponent(event.id)}`, class: "permalink" }, "link to it here")),
    ),
  ];
}

const ROLE_LABELS = { source: "Who", target: "To whom", participant: "Taking part" };
const aside = (text) => make("span", { class: "aside" }, text);

function row(name, ...values) {
  return [make("dt", {}, name), make("dd", {}, ...values)];
}

function quote({ sentence, publisher, url, published }) {
  const source = publisher || url
    ? make("footer", {}, url ? link(url.address, url.followed, publisher || url.address) : publisher, published ? `, ${said(published, null, true)}` : "")
    : null;
  return make("blockquote", {}, make("p", { dir: "auto" }, sentence), source);
}

function whenSaid(event) {
  const spoken = said(event.edtf, null, true);
  const read = event.words ? `read from “${event.words}”` : "";
  return [make("span", {}, spoken.charAt(0).toUpperCase() + spoken.slice(1)),
    event.edtf && event.edtf !== spoken ? make("code", {}, event.edtf) : null,
    aside([read, event.reason].filter(Boolean).join(": "))];
}

function who(actor) {
  const about = actor.kind === "country" ? "country" : [actor.kind, actor.country && countryName(actor.country)].filter(Boolean).join(", ");
  return make("span", { class: "who" }, chosen("actor", actor.key, actor.name), aside(about));
}

// A value that filters by itself.
function chosen(facet, value, label) {
  return button({ class: "value-button", dir: "auto", title: `Only events with ${label}` }, () => toggle(facet, value), label);
}

function whereSaid(place) {
  const known = { site: "", city: "", region: "a region", country: "the country, no nearer place", area: "an area" }[place.exactness] ?? "";
  const country = place.country && place.exactness !== "country" ? countryName(place.country) : "";
  const point = place.latitude === undefined ? "" : `${place.latitude.toFixed(2)}, ${place.longitude.toFixed(2)}`;
  return [country, known, point].filter(Boolean).join(" · ");
}

function sourcesSaid(event) {
  const counted = [many(event.sources, "source"), many(event.reports, "report"),
    event.reported && `first told ${said(event.reported, null, true)}`].filter(Boolean).join(", ");
  return make("div", {}, make("ul", { class: "sources" }, ...event.urls.map((url) => make("li", {}, link(url.address, url.followed)))),
    aside(counted));
}
