// @ts-check
// One answer of the API: status, rule, reason, challenge, body, and the same request for a shell.

import { button, byId, copy, element, pairs } from "./dom.js";
import { challenges } from "./http.js";

/** @typedef {{ method: string, path: string, body?: Record<string, string> }} Call */

/**
 * The code of the reason that the filter gave, or nothing.
 * @param {import("./http.js").Answer} answer
 */
export const reason = (answer) =>
  /^tag:scopegate\.dev,2026:refusal:([\w-]+)$/.exec(String(answer.json?.type ?? ""))?.[1] ?? "";

/**
 * Shows it.
 * @param {Call} wanted
 * @param {import("./tokens.js").Token | undefined} token
 * @param {import("./http.js").Answer} answer
 * @param {import("./feed.js").Decision | undefined} decided
 */
export function show(wanted, token, answer, decided) {
  const good = answer.status < 400;
  const head = element(
    "p",
    { class: "status" },
    element("strong", { class: `badge ${good ? "good" : "bad"}` }, String(answer.status)),
    " ",
    element(
      "span",
      {},
      good
        ? "passed the filter"
        : reason(answer)
          ? answer.status === 503
            ? "undecided: the filter cannot know at the moment"
            : "refused by the filter"
          : "refused by the API itself, after the filter",
    ),
    element("small", {}, ` ${answer.millis.toFixed(0)} ms`),
  );
  /** @type {[string, string | Node][]} */
  const facts = [["Request", element("code", {}, `${wanted.method} ${wanted.path}`)]];
  facts.push(["Rule that decided", element("code", {}, decided?.route ?? "not reported in time")]);
  if (reason(answer)) {
    facts.push(["Reason", element("span", {}, element("code", {}, reason(answer)), ` ${answer.json?.detail ?? ""}`)]);
  }
  for (const name of ["Retry-After", "Location"]) {
    const value = answer.headers.get(name);
    if (value) {
      facts.push([name, element("code", {}, value)]);
    }
  }
  if (answer.json?.correlation_id) {
    facts.push(["Found in the log as", element("code", {}, String(answer.json.correlation_id))]);
  }
  const card = element("article", { class: "card" }, head, pairs(facts));
  for (const { scheme, parameters } of challenges(answer.headers.get("WWW-Authenticate"))) {
    card.append(
      element("h3", {}, "Challenge ", element("code", {}, scheme)),
      pairs(parameters.map(([name, value]) => [name, element("code", {}, value)])),
    );
  }
  if (good && Array.isArray(answer.json)) {
    card.append(contacts(answer.json));
  } else if (answer.text) {
    card.append(
      element(
        "details",
        {},
        element("summary", {}, "Body"),
        element("pre", { tabindex: "0" }, answer.json ? JSON.stringify(answer.json, undefined, 2) : answer.text),
      ),
    );
  }
  card.append(asCurl(wanted, token));
  byId("answer").replaceChildren(card);
}

/** @param {any[]} list */
function contacts(list) {
  const rows = list.map((each) => {
    const choose = button(`Delete ${each.id}`, "quiet small", () => {
      byId("contact-id", HTMLInputElement).value = String(each.id);
      byId("delete-form", HTMLFormElement).requestSubmit();
    });
    return element(
      "tr",
      {},
      element("td", {}, String(each.id)),
      element("td", {}, String(each.name)),
      element("td", {}, String(each.email)),
      element("td", {}, choose),
    );
  });
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Contacts" },
    element(
      "table",
      { class: "contacts" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["Number", "Name", "Email", "Action"].map((words) => element("th", { scope: "col" }, words)),
        ),
      ),
      element("tbody", {}, ...rows),
    ),
  );
}

/**
 * The same request for a shell. What is shown has no token in it; what is copied has, as it would not work otherwise.
 * @param {Call} wanted
 * @param {import("./tokens.js").Token | undefined} token
 */
function asCurl(wanted, token) {
  const line = (/** @type {string} */ value) =>
    [
      `curl -i -X ${wanted.method} ${location.origin}${wanted.path}`,
      ...(token ? [`-H "Authorization: Bearer ${value}"`] : []),
      ...(wanted.body
        ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(wanted.body).replaceAll("'", "'\\''")}'`]
        : []),
    ].join(" \\\n  ");
  const pressed = element(
    "button",
    { type: "button", class: "quiet small" },
    token ? "Copy as curl, with the token" : "Copy as curl",
  );
  pressed.addEventListener("click", () => copy(pressed, line(token?.value ?? "")));
  return element(
    "details",
    { class: "curl" },
    element("summary", {}, "As curl"),
    element("pre", { tabindex: "0" }, line("$TOKEN")),
    pressed,
  );
}
