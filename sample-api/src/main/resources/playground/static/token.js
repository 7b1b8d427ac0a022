// @ts-check
// Step 2: the token in use, part by part and claim by claim.

import { tell } from "./cast.js";
import { checks } from "./checks.js";
import { claimWords } from "./claims.js";
import { button, byId, copy, element, pairs } from "./dom.js";
import { complaint, postJson } from "./http.js";
import * as tokens from "./tokens.js";
import { decoded } from "./tokens.js";

/** @typedef {import("./tokens.js").Token} Token */

const place = byId("token");
const select = byId("token-select", HTMLSelectElement);
/** @type {Token | undefined} */
let shown;

export function start() {
  tokens.onChange(show);
  select.addEventListener("change", () => tokens.use(tokens.list()[select.selectedIndex]));
  setInterval(count, 1000);
}

/** @param {Token | undefined} token */
function show(token) {
  byId("token-choice").hidden = tokens.list().length < 2;
  select.replaceChildren(
    ...tokens.list().map((each) => {
      const option = element(
        "option",
        { selected: each === token },
        each.dead ? `${each.label} (no longer good)` : each.label,
      );
      return option;
    }),
  );
  if (token && token !== shown) {
    shown = token;
    const parts = token.jwt ? signed(token) : opaque(token);
    place.replaceChildren(
      element(
        "p",
        { class: "life" },
        element("meter", { id: "life", min: "0", max: "300", "aria-label": "Seconds until the token expires" }),
        element("span", { id: "life-words" }),
      ),
      ...parts,
    );
    count();
    if (!token.jwt) {
      void introspect(token);
    }
  }
}

/** The time that is left, once a second. */
function count() {
  if (!shown) {
    return;
  }
  const left = Math.max(0, Math.round((shown.expiresAt - Date.now()) / 1000));
  const meter = byId("life", HTMLMeterElement);
  meter.value = left;
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  byId("life-words").textContent = shown.dead
    ? "no longer good: its key is gone"
    : left > 0
      ? `expires in ${clock}`
      : "has expired: step 1 gets a new one";
}

/** @param {Token} token */
function signed(token) {
  const [header, payload, signature] = token.value.split(".");
  const wire = element(
    "p",
    { class: "wire-token", tabindex: "0", role: "group", "aria-label": "The token as it is sent" },
    element("span", { class: "part-header" }, header),
    ".",
    element("span", { class: "part-payload" }, payload),
    ".",
    element("span", { class: "part-signature" }, signature),
  );
  const alg = String(decoded(header)?.alg ?? "its algorithm");
  return [
    wire,
    tools(token),
    part("Header", "part-header", "how it was signed", decoded(header)),
    part("Payload", "part-payload", "what the authorization server says", decoded(payload)),
    element(
      "section",
      { class: "part" },
      element("h3", { class: "part-signature" }, "Signature"),
      element(
        "p",
        {},
        `Made over the two parts above with the private key of the authorization server (${alg}). The API verifies ` +
          "it with the public key that the server publishes; one changed letter, and it no longer fits.",
      ),
    ),
  ];
}

/** @param {Token} token */
function opaque(token) {
  return [
    element(
      "p",
      { class: "wire-token", tabindex: "0", role: "group", "aria-label": "The token as it is sent" },
      element("span", { class: "part-payload" }, token.value),
    ),
    element(
      "p",
      {},
      "Opaque: there is nothing in it to read. The API asks the authorization server what it means (RFC 7662).",
    ),
    tools(token),
  ];
}

/** @param {Token} token */
function tools(token) {
  const copying = element("button", { type: "button", class: "quiet small" }, "Copy the token");
  copying.addEventListener("click", () => copy(copying, token.value));
  return element(
    "div",
    {},
    element(
      "div",
      { class: "row" },
      button("Ask what introspection says", "quiet small", () => introspect(token)),
      button("Ask what the API checks", "quiet small", async () =>
        byId("checks").replaceChildren(...(await checks(token))),
      ),
      copying,
    ),
    element("div", { id: "introspection", class: "result", role: "status", "aria-live": "polite" }),
    element("div", { id: "checks", class: "result", role: "status", "aria-live": "polite" }),
  );
}

/**
 * @param {string} title
 * @param {string} look
 * @param {string} words
 * @param {Record<string, unknown> | undefined} members
 */
function part(title, look, words, members) {
  return element(
    "section",
    { class: "part" },
    element("h3", { class: look }, title, " ", element("small", {}, words)),
    members ? table(members) : element("p", {}, "Cannot be read."),
  );
}

/** @param {Record<string, unknown>} members */
function table(members) {
  const rows = element("tbody");
  for (const [name, value] of Object.entries(members)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    rows.append(
      element(
        "tr",
        {},
        element("th", { scope: "row" }, element("code", {}, name)),
        element("td", {}, element("code", {}, text), element("span", { class: "meaning" }, claimWords(name, value))),
      ),
    );
  }
  return element("table", { class: "claims" }, rows);
}

/** @param {Token} token */
async function introspect(token) {
  const said = byId("introspection");
  const answer = await postJson("/playground/introspections", { token: token.value });
  tell({
    from: "api",
    to: "server",
    title: "POST /oauth2/introspect",
    words: "The API asks, with credentials of its own, what the token means.",
    fields: [["token", token.jwt ? "the JWT" : "the opaque token"]],
  });
  if (answer.lost || answer.status !== 200 || answer.json?.error) {
    const words = answer.lost ? complaint(answer) : answer.json?.error ? String(answer.json.error) : complaint(answer);
    said.replaceChildren(element("p", { class: "notice bad" }, `Nobody can say now: ${words}`));
    tell({ from: "server", to: "api", title: "no answer", words, mood: "bad" });
    return;
  }
  const active = answer.json.active === true;
  tell({
    from: "server",
    to: "api",
    title: active ? "active: true" : "active: false",
    words: "The answer to an introspection.",
    fields: flat(answer.json),
    mood: active ? "good" : "bad",
  });
  said.replaceChildren(
    element(
      "h3",
      {},
      "What introspection says ",
      element("small", {}, active ? "the token is active" : "the token is not active, and no more is said"),
    ),
    table(answer.json),
  );
}

/**
 * @param {Record<string, unknown>} json
 * @returns {[string, string][]}
 */
const flat = (json) =>
  Object.entries(json).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
