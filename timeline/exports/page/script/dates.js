// Dates are EDTF; a day is a number: days since 1970-01-01.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const SEASONS = { 21: "spring", 22: "summer", 23: "autumn", 24: "winter" };
const GROUPINGS = { 33: "first quarter", 34: "second quarter", 35: "third quarter", 36: "fourth quarter",
  37: "first third", 38: "second third", 39: "last third", 40: "first half", 41: "second half" };
const QUALIFIERS = { "~": "around ", "?": "perhaps ", "%": "perhaps around " };

function dayOf(year, month = 1, day = 1) {
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / 864e5);
}

function partsOf(day) {
  const at = new Date(day * 864e5);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

function isoOf(day) {
  const { year, month, day: number } = partsOf(day);
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(number).padStart(2, "0")].join("-");
}

// First and last day of "2021", "2021-02" or "2021-02-01"; null for anything else.
function daysOf(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim());
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => part && Number(part));
  if (year < 1 || (month !== undefined && (month < 1 || month > 12))) return null;
  if (day !== undefined) {
    const number = dayOf(year, month, day);
    return partsOf(number).day === day ? [number, number] : null;
  }
  return [dayOf(year, month ?? 1), (month ? dayOf(year, month + 1) : dayOf(year + 1)) - 1];
}

// First and last day from one date to another, either way round; null where there is none.
function rangeOf(first, last) {
  let [from, to] = [daysOf(first), daysOf(last)];
  if (from && to && from[0] > to[1]) [from, to] = [to, from];
  return [from?.[0] ?? null, to?.[1] ?? null];
}

// An EDTF date in words. In the section of a year its number is left out.
function said(edtf, year = null, long = false) {
  if (!edtf) return "no date";
  if (/^[[{]/.test(edtf) && !edtf.includes("..")) {
    const members = edtf.slice(1, -1).split(",");
    return members.map((member) => said(member.trim(), year, long)).join(edtf[0] === "[" ? " or " : " and ");
  }
  const [first, last] = edtf.split("/");
  if (last === undefined) return saidPoint(edtf, year, long);
  if (first === "" || first === "..") return `by ${saidPoint(last, year, long)}`;
  if (last === "" || last === "..") return `from ${saidPoint(first, year, long)}`;
  const [a, b] = [first, last].map((part) => /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(part));
  if (a && b && a[1] === b[1] && a[2] <= "12" && b[2] <= "12") {
    const end = saidPoint(last, year, long);
    if (a[2] === b[2] && a[3] && b[3]) return `${Number(a[3])}–${end}`;
    return `${saidPoint(first, Number(a[1]), long)} – ${end}`;
  }
  return `${saidPoint(first, year, long)} – ${saidPoint(last, year, long)}`;
}

function saidPoint(edtf, year, long) {
  const qualifier = QUALIFIERS[edtf.at(-1)] ?? "";
  const found = /^(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?$/.exec(edtf.replace(/[~?%]/g, ""));
  if (!found) return edtf;
  const [, years, month, day] = found;
  if (years.endsWith("X")) return qualifier + eraOf(years);
  const after = Number(years) === year && month && month !== "XX" ? "" : ` ${Number(years)}`;
  if (!month || month === "XX") return day && day !== "XX" ? edtf : qualifier + Number(years);
  const code = Number(month);
  if (code > 12) {
    const season = SEASONS[code] ?? SEASONS[code - 4] ?? SEASONS[code - 8];
    return qualifier + (season ? season + after : GROUPINGS[code] ? `${GROUPINGS[code]} of ${years}` : edtf);
  }
  const name = long ? MONTHS[code - 1] : MONTHS[code - 1].slice(0, 3);
  return qualifier + (day && day !== "XX" ? `${Number(day)} ` : "") + name + after;
}

// "2020s" of "202X", "20th century" of "19XX".
function eraOf(years) {
  if (years.endsWith("XX")) {
    const number = Number(years.slice(0, 2)) + 1;
    const ending = number % 100 > 10 && number % 100 < 14 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th";
    return `${number}${ending} century`;
  }
  return `${Number(years.slice(0, 3))}0s`;
}

// The section of the timeline that a date belongs to: its year and month, as far as they are told.
function sectionOf(edtf) {
  const parts = edtf.replace(/[~?%[\]{}]/g, "").split(/\/|\.\.|,/).filter(Boolean);
  const found = /^(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d))?/.exec(parts[0] ?? "");
  if (!found) return null;
  const [, years, month] = found;
  const first = Number(years.replace(/X/g, "0"));
  if (years.endsWith("X")) return { key: first - (years.endsWith("XX") ? 0.75 : 0.5), title: eraOf(years), year: null, month: 0 };
  return { key: first, title: String(first), year: first, month: Number(month) <= 12 ? Number(month) : 0 };
}
