// Elements out of plain values. Texts are set as text, never parsed: nothing that an event says becomes markup.

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const make = (tag, attributes = {}, ...children) => furnish(document.createElement(tag), attributes, children);
const draw = (tag, attributes = {}, ...children) => furnish(document.createElementNS(SVG, tag), attributes, children);

function button(attributes, act, ...children) {
  const made = make("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", act);
  return made;
}

// Keys that an element answers by itself, each with what it does.
function answerKeys(element, acts) {
  element.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

// A link where the address may be followed (a second look beside the one at writing), else the address as text; of a file
// its name will do.
function link(address, followed, label = address) {
  if (!followed || !/^https?:\/\//i.test(address)) {
    const name = /^file:.*\/([^/]+)$/.exec(label)?.[1] ?? label;
    return make("span", { class: "address", title: name === address ? null : address }, name);
  }
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, label);
}

const many = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// What an address may hold that would act unseen, marked as `visible` of safe.py does.
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const visible = (text) => text.replace(UNSEEN, markOf);
function markOf(sign) {
  const code = sign.charCodeAt(0);
  if (code === 0x0d) return " ";
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : `⟦U+${code.toString(16).toUpperCase().padStart(4, "0")}⟧`;
}
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const soon = window.requestIdleCallback
  ? (act) => requestIdleCallback(act, { timeout: 100 })
  : (act) => setTimeout((begun = performance.now()) => act({ timeRemaining: () => 20 - (performance.now() - begun) }), 0);
