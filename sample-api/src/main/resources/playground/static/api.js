// @ts-check
// Step 3: calls of the contacts API.

import { reason, show } from "./answer.js";
import { tell } from "./cast.js";
import { byId, element, onSubmit, showError } from "./dom.js";
import { send } from "./http.js";
import { decision } from "./feed.js";
import * as tokens from "./tokens.js";

/** @typedef {import("./main.js").Setup} Setup */
/** @typedef {import("./answer.js").Call} Call */

/** @param {Setup} setup */
export function start(setup) {
  const requires = (/** @type {string} */ route) => setup.rules.find((rule) => rule.route === route)?.requires ?? "";
  needs("list", requires("GET /contacts"));
  needs("create", requires("POST /contacts"));
  needs("delete", requires("DELETE /contacts/{id}"));
  onSubmit(byId("list-form", HTMLFormElement), () => call({ method: "GET", path: "/contacts" }));
  onSubmit(byId("create-form", HTMLFormElement), create);
  onSubmit(byId("delete-form", HTMLFormElement), remove);
}

/**
 * @param {string} form
 * @param {string} words
 */
function needs(form, words) {
  const place = byId(`${form}-form`).querySelector(".needs");
  place?.replaceChildren(words ? element("code", {}, words) : "");
}

async function create() {
  const name = byId("name", HTMLInputElement);
  const email = byId("email", HTMLInputElement);
  const wrong = [
    check(
      "name",
      name.value.trim() ? (name.value.length > 100 ? "At most 100 characters." : "") : "A contact needs a name.",
    ),
    check(
      "email",
      !email.value.trim()
        ? "A contact needs an address."
        : email.validity.valid && email.value.length <= 254
          ? ""
          : "This is no address, such as ada@example.com.",
    ),
  ];
  if (wrong.some(Boolean)) {
    (wrong[0] ? name : email).focus();
    return;
  }
  const answer = await call({
    method: "POST",
    path: "/contacts",
    body: { name: name.value.trim(), email: email.value.trim() },
  });
  if (answer && !answer.lost && answer.status === 201) {
    name.value = "";
    email.value = "";
  }
  // What the API itself found wrong belongs to its field as well.
  for (const error of answer && !answer.lost && Array.isArray(answer.json?.errors) ? answer.json.errors : []) {
    if (["name", "email"].includes(error.field)) {
      check(error.field, `The API says: ${error.message}.`);
    }
  }
}

async function remove() {
  const id = byId("contact-id", HTMLInputElement);
  const words = /^[1-9][0-9]{0,11}$/.test(id.value.trim()) ? "" : "Give the number of a contact, as the list shows it.";
  check("contact-id", words);
  if (words) {
    id.focus();
    return;
  }
  await call({ method: "DELETE", path: `/contacts/${id.value.trim()}` });
}

/**
 * @param {string} field
 * @param {string} words
 */
function check(field, words) {
  showError(`${field}-error`, words);
  return words;
}

/**
 * Sends a request to the API, with the token in use unless the page was told otherwise, and shows the answer.
 * @param {Call} wanted
 */
async function call(wanted) {
  const token = byId("without-token", HTMLInputElement).checked ? undefined : tokens.inUse();
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json, application/problem+json" };
  if (token) {
    headers.Authorization = `Bearer ${token.value}`;
  }
  if (wanted.body) {
    headers["Content-Type"] = "application/json";
  }
  /** @type {[string, string][]} */
  const fields = token
    ? [["Authorization", `Bearer ${token.jwt ? "(the JWT)" : "(the opaque token)"}`]]
    : [["Authorization", "none"]];
  tell({
    from: "client",
    to: "api",
    title: `${wanted.method} ${wanted.path}`,
    words: token ? `With the token of ${token.label}.` : "Without a token.",
    fields: fields.concat(Object.entries(wanted.body ?? {})),
  });
  const decided = decision((each) => each.method === wanted.method && each.path === wanted.path);
  const answer = await send(wanted.path, {
    method: wanted.method,
    headers,
    body: wanted.body ? JSON.stringify(wanted.body) : undefined,
  });
  if (answer.lost) {
    tell({ from: "api", to: "client", title: "no answer", words: answer.words, mood: "bad" });
    byId("answer").replaceChildren(element("p", { class: "notice bad" }, `${answer.words}.`));
    return answer;
  }
  const good = answer.status < 400;
  const challenge = answer.headers.get("WWW-Authenticate");
  tell({
    from: "api",
    to: "client",
    title: `${answer.status} ${reason(answer) || (good ? "passed" : "refused")}`,
    words: good
      ? "The filter let it pass, and the API answered."
      : answer.status === 503
        ? "Undecided: neither let through nor called a bad token."
        : "Refused.",
    fields: challenge ? [["WWW-Authenticate", challenge]] : [],
    mood: good ? "good" : "bad",
  });
  await show(wanted, token, answer, await decided);
  return answer;
}
