// @ts-check
// The picture: four parties, and each message between them as it happens; below it, what stood on the wire.

import { byId, element, pairs } from "./dom.js";

/** @typedef {"owner" | "client" | "server" | "api"} Party */
/**
 * @typedef {object} Message
 * @property {Party} from
 * @property {Party} to
 * @property {string} title short, such as "POST /oauth2/token"
 * @property {string} words what it means
 * @property {[string, string][]} [fields] its parameters as they are, secrets shortened
 * @property {"good" | "bad"} [mood] for answers
 */

const SVG = "http://www.w3.org/2000/svg";
const LONGEST_WIRE = 60;
/** Letters of a value from which on it stands below its name. */
const LONG = 80;
const BETWEEN_MILLIS = 650;
const WIDTH = 480;
const HEIGHT = 340;
const BOX = { width: 206, height: 62 };

/** @type {Record<Party, { x: number, y: number, name: string, who: string }>} */
const PARTIES = {
  owner: { x: 105, y: 42, name: "Resource owner", who: "you, or nobody" },
  server: { x: 375, y: 42, name: "Authorization server", who: "" },
  client: { x: 105, y: 298, name: "Client", who: "this page" },
  api: { x: 375, y: 298, name: "Resource server", who: "" },
};

/** @type {[Party, Party][]} */
const LINES = [
  ["owner", "server"],
  ["owner", "client"],
  ["client", "server"],
  ["client", "api"],
  ["api", "server"],
];

/** @type {Message[]} */
const waiting = [];
let count = 0;
let moving = false;

/**
 * Draws the parties.
 * @param {string} server address of the authorization server
 * @param {string} api address of the API
 */
export function draw(server, api) {
  PARTIES.server.who = server;
  PARTIES.api.who = api;
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": "Resource owner, client, authorization server and resource server; the list below has each message",
  });
  for (const [from, to] of LINES) {
    const [a, b] = ends(from, to);
    picture.append(
      svg("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: "line", "data-line": [from, to].sort().join(" ") }),
    );
  }
  for (const [party, { x, y, name, who }] of Object.entries(PARTIES)) {
    const group = svg("g", { class: "party", "data-party": party, transform: `translate(${x} ${y})` });
    group.append(svg("rect", { x: -BOX.width / 2, y: -BOX.height / 2, width: BOX.width, height: BOX.height, rx: 10 }));
    const title = svg("text", { y: -4, class: "name" });
    title.textContent = name;
    const below = svg("text", { y: 17, class: "who" });
    below.textContent = who;
    group.append(title, below);
    picture.append(group);
  }
  picture.append(svg("g", { id: "message" }));
  byId("cast").replaceChildren(picture);
}

/**
 * Writes who the resource owner is now.
 * @param {string} words
 */
export function owner(words) {
  const text = document.querySelector('[data-party="owner"] .who');
  if (text) {
    text.textContent = words;
  }
}

/**
 * Shows a message, after those that wait.
 * @param {Message} message
 */
export function tell(message) {
  waiting.push(message);
  if (waiting.length > LONGEST_WIRE) {
    waiting.shift();
  }
  if (!moving) {
    void move();
  }
}

async function move() {
  moving = true;
  byId("cast").setAttribute("aria-busy", "true");
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    count += 1;
    write(next);
    await fly(next);
  }
  moving = false;
  byId("cast").removeAttribute("aria-busy");
}

/** @param {Message} message */
async function fly(message) {
  const place = document.getElementById("message");
  if (!place) {
    return;
  }
  for (const lit of document.querySelectorAll(".lit")) {
    lit.classList.remove("lit", "good", "bad");
  }
  const mood = message.mood ?? "plain";
  for (const party of [message.from, message.to]) {
    document.querySelector(`[data-party="${party}"]`)?.classList.add("lit", mood);
  }
  document.querySelector(`[data-line="${[message.from, message.to].sort().join(" ")}"]`)?.classList.add("lit", mood);

  const [a, b] = ends(message.from, message.to);
  const pill = svg("g", { class: `pill ${mood}` });
  const words = message.title.length > 30 ? `${message.title.slice(0, 29)}…` : message.title;
  const text = svg("text", { y: 5 });
  text.textContent = words;
  const half = Math.max(30, words.length * 4.05 + 12);
  const head = svg("circle", { cx: b.x, cy: b.y, r: 5, class: `head ${mood}` });
  pill.append(svg("rect", { x: -half, y: -15, width: 2 * half, height: 30, rx: 15 }), text);
  // A pill stays within the picture, whatever its line.
  const inside = (/** @type {number} */ x) => Math.min(WIDTH - half - 2, Math.max(half + 2, x));
  // Beside a level line, as the words are wider than the gap between two boxes.
  const aside = a.y === b.y ? Math.sign(HEIGHT / 2 - a.y) * (BOX.height / 2 + 24) : 0;
  const at = (/** @type {number} */ part) =>
    `translate(${inside(a.x + (b.x - a.x) * part)}px, ${a.y + (b.y - a.y) * part + aside}px)`;
  place.replaceChildren(head, pill);
  pill.style.transform = at(0.5);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
  // A long queue hurries: the picture never falls far behind what happens.
  const millis = waiting.length > 8 ? 60 : BETWEEN_MILLIS;
  if (calm) {
    await new Promise((done) => setTimeout(done, Math.min(millis, 150)));
    return;
  }
  pill.animate(
    [
      { transform: at(0.12), opacity: 0.2 },
      { transform: at(0.5), opacity: 1 },
    ],
    { duration: millis * 0.6, easing: "ease-out" },
  );
  await new Promise((done) => setTimeout(done, millis));
}

/** @param {Message} message */
function write(message) {
  const wire = byId("wire");
  wire.querySelector(".empty")?.remove();
  wire.querySelector("details[open]")?.removeAttribute("open");
  const route = `${PARTIES[message.from].name} → ${PARTIES[message.to].name}`;
  const title = element(
    "summary",
    {},
    element("span", { class: "count" }, String(count)),
    element("span", { class: "route" }, route),
    element("code", { class: message.mood ?? "plain" }, message.title),
  );
  const body = element("details", { open: true }, title, element("p", {}, message.words));
  if (message.fields?.length) {
    const long = message.fields.some(([, value]) => value.length > LONG);
    body.append(pairs(message.fields, long ? "pairs wire stacked" : "pairs wire"));
  }
  wire.prepend(element("li", {}, body));
  while (wire.children.length > LONGEST_WIRE) {
    wire.lastElementChild?.remove();
  }
}

/**
 * Where the line between two parties leaves the one box and reaches the other.
 * @param {Party} from
 * @param {Party} to
 */
function ends(from, to) {
  const a = PARTIES[from];
  const b = PARTIES[to];
  const part = Math.min(
    a.x === b.x ? 1 : BOX.width / 2 / Math.abs(b.x - a.x),
    a.y === b.y ? 1 : BOX.height / 2 / Math.abs(b.y - a.y),
  );
  return [
    { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part },
    { x: b.x - (b.x - a.x) * part, y: b.y - (b.y - a.y) * part },
  ];
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function svg(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  return made;
}
