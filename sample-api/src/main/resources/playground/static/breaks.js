// @ts-check
// Step 4: what goes wrong on purpose. The server sends the request, as browsers cannot send most of these, and says what must
// happen and what did.

import { tell } from "./cast.js";
import { busy, button, byId, element, pairs, showError } from "./dom.js";
import { machine } from "./machine.js";
import { complaint, postJson, send } from "./http.js";
import { lookAtKeys } from "./issuer.js";
import * as tokens from "./tokens.js";

/** @typedef {{ kind: string, title: string, what: string, must: { status: number, error?: string, words: string } }} Break */

const READ = "read:contacts";

let issuer = "";

/**
 * Fills the list and makes the buttons work.
 * @param {string} address of the authorization server
 */
export async function start(address) {
  issuer = address;
  const answer = await send("/playground/breaks");
  if (answer.lost || !Array.isArray(answer.json)) {
    showError("break-error", complaint(answer));
    return;
  }
  showError("break-error", "");
  /** @type {Break[]} */
  const kinds = answer.json;
  const list = byId("breaks");
  list.replaceChildren(...kinds.map(row));
  const all = byId("break-all", HTMLButtonElement);
  all.disabled = false;
  all.onclick = () => busy(all, () => everything(kinds));
}

/** @param {Break} kind */
function row(kind) {
  return element(
    "li",
    { id: `break-${kind.kind}` },
    element(
      "div",
      { class: "break-head" },
      element("h3", {}, kind.title),
      button("Break it", "quiet small", () => attempt(kind)),
    ),
    element("p", {}, kind.what),
    element(
      "p",
      { class: "must" },
      element("span", {}, "Must: "),
      element("strong", {}, expected(kind.must)),
      ` ${kind.must.words}`,
    ),
    element("div", { class: "outcome", role: "status", "aria-live": "polite" }),
  );
}

/** @param {Break["must"]} must */
const expected = (must) => [must.status, must.error].filter(Boolean).join(" ");

/** @param {Break[]} kinds */
async function everything(kinds) {
  const summary = byId("break-summary");
  let good = 0;
  for (const [index, kind] of kinds.entries()) {
    summary.textContent = `${index + 1} of ${kinds.length}: ${kind.title}`;
    good += (await attempt(kind)) ? 1 : 0;
  }
  summary.textContent =
    good === kinds.length ? `All ${good} ended as they must.` : `${good} of ${kinds.length} ended as they must.`;
}

/**
 * Breaks one thing.
 * @param {Break} kind
 * @returns {Promise<boolean>} whether it ended as it must
 */
async function attempt(kind) {
  const place = byId(`break-${kind.kind}`).querySelector(".outcome");
  const token = await goodToken();
  showError(
    "break-error",
    typeof token === "string" ? `This needs a good token that may read contacts, and there is none: ${token}` : "",
  );
  if (!place || typeof token === "string") {
    return false;
  }
  tell({ from: "client", to: "api", title: kind.title, words: kind.what });
  const answer = await postJson(`/playground/breaks/${kind.kind}`, { token: token.value });
  if (answer.lost || answer.status !== 200) {
    place.replaceChildren(element("p", { class: "notice bad" }, complaint(answer)));
    tell({ from: "api", to: "client", title: "no answer", words: complaint(answer), mood: "bad" });
    return false;
  }
  if (kind.kind === "keys-rotated") {
    await lookAtKeys(issuer);
  }
  const said = answer.json;
  const good = said.asExpected === true;
  tell({
    from: "api",
    to: "client",
    title: `${said.answer.status} ${good ? "as it must be" : "not as it must be"}`,
    words: said.must.words,
    fields: fields(said.answer.fields),
    mood: good ? "good" : "bad",
  });
  place.replaceChildren(verdict(said, good), evidence(said));
  return good;
}

/** The token in use if it is a JWT that may read contacts, or one of a machine; or why there is none. */
async function goodToken() {
  return tokens.jwtWith(READ) ?? (await machine("jwt", [READ]));
}

/**
 * @param {any} said
 * @param {boolean} good
 */
function verdict(said, good) {
  return element(
    "p",
    { class: "did" },
    element("strong", { class: `badge ${good ? "good" : "bad"}` }, good ? "✓ as it must be" : "✗ not as it must be"),
    " Did: ",
    element("strong", {}, String(said.answer.status)),
    element("small", {}, ` ${Number(said.answer.tookMillis).toFixed(0)} ms`),
  );
}

/** @param {any} said */
function evidence(said) {
  const request = [
    `${said.request.method} ${said.request.target}`,
    ...fields(said.request.fields).map(([name, value]) => `${name}: ${value}`),
  ];
  const response = [
    `${said.answer.status}`,
    ...fields(said.answer.fields).map(([name, value]) => `${name}: ${value}`),
    "",
    body(said.answer.body),
  ];
  return element(
    "details",
    {},
    element("summary", {}, "What was sent, and what came back"),
    ...(said.steps?.length
      ? [element("ol", {}, ...said.steps.map((/** @type {unknown} */ step) => element("li", {}, String(step))))]
      : []),
    pairs(
      [
        ["Sent", element("pre", { tabindex: "0" }, request.join("\n"))],
        ["Came back", element("pre", { tabindex: "0" }, response.join("\n").trimEnd())],
      ],
      "pairs evidence",
    ),
  );
}

/** @param {unknown} value */
const body = (value) => (typeof value === "string" ? value : JSON.stringify(value ?? ""));

/**
 * @param {any} value
 * @returns {[string, string][]}
 */
const fields = (value) => (Array.isArray(value) ? value : []).map((each) => [String(each.name), String(each.value)]);
