// @ts-check
// The decisions of the filter as they are made (server-sent events): a table, and an ear for those who wait for one.

import { byId, clock, element } from "./dom.js";

/**
 * @typedef {object} Decision
 * @property {string} at
 * @property {string} outcome accepted, refused, undecided or shadowed
 * @property {string} [reason]
 * @property {number} [status]
 * @property {string} method
 * @property {string} path
 * @property {string} route the rule that decided
 * @property {string} [client]
 * @property {string} [subject]
 * @property {number} tookMicros
 * @property {string} correlationId
 */

const MOST_ROWS = 60;
const PATIENCE_MILLIS = 3000;

/** @type {Set<(each: Decision) => void>} */
const ears = new Set();
let paused = false;

/**
 * The next decision that fits; undefined if none comes in time.
 * @param {(each: Decision) => boolean} fits
 * @returns {Promise<Decision | undefined>}
 */
export function decision(fits) {
  return new Promise((resolve) => {
    const end = (/** @type {Decision | undefined} */ each) => {
      ears.delete(ear);
      clearTimeout(timer);
      resolve(each);
    };
    const ear = (/** @type {Decision} */ each) => fits(each) && end(each);
    const timer = setTimeout(end, PATIENCE_MILLIS, undefined);
    ears.add(ear);
  });
}

/** @param {boolean} value whether the table stands still */
export function pause(value) {
  paused = value;
}

/** @param {Decision} each */
export function heard(each) {
  [...ears].forEach((ear) => ear(each));
  if (paused) {
    return;
  }
  byId("feed-empty").hidden = true;
  const body = byId("feed").querySelector("tbody");
  body?.prepend(row(each));
  while (body && body.children.length > MOST_ROWS) {
    body.lastElementChild?.remove();
  }
}

/** @param {Decision} each */
function row(each) {
  const outcome = element("span", { class: `outcome-name ${each.outcome}` }, each.outcome);
  const why = [each.status, each.reason].filter(Boolean).join(" ");
  return element(
    "tr",
    {},
    element("td", {}, clock(each.at)),
    element("td", {}, outcome, why ? element("small", {}, ` ${why}`) : ""),
    element("td", {}, element("code", {}, `${each.method} ${each.path}`)),
    element("td", {}, element("code", {}, each.route)),
    element(
      "td",
      {},
      [each.subject, each.client !== each.subject ? each.client : ""].filter(Boolean).join(" · ") || "–",
    ),
    element("td", { class: "figure" }, micros(each.tookMicros)),
  );
}

/** @param {number} value */
export const micros = (value) =>
  value < 1000 ? `${Math.round(value)} µs` : `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)} ms`;
