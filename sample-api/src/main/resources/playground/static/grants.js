// @ts-check
// Step 1: the forms of the grants, what they check, and what became of them.

import { owner } from "./cast.js";
import { authorize, refresh } from "./code.js";
import { authorizeDevice } from "./device.js";
import { busy, byId, element, onSubmit, pairs, shortened, showError } from "./dom.js";
import { machine } from "./machine.js";
import * as tokens from "./tokens.js";

/** @typedef {import("./main.js").Setup} Setup */

/** What is known of the refresh tokens of one sign-in. */
let family = { now: "", before: "", user: "", scopes: /** @type {string[]} */ ([]), revoked: false };

/** @param {Setup} setup */
export function start(setup) {
  byId("grant-choice").addEventListener("change", choose);
  byId("users").replaceChildren(
    ...setup.users.map((user, index) =>
      choice(
        "user",
        user.name,
        "radio",
        index === 0,
        element("strong", {}, user.name),
        element(
          "small",
          {},
          `may let an app ${user.may.map(verb).join(", ") || "do nothing with contacts"}`,
        ),
      ),
    ),
  );
  for (const grant of ["code", "machine", "device"]) {
    byId(`${grant}-scopes`).replaceChildren(
      ...scopesFor(grant, setup).map((scope, index) =>
        choice(
          "scope",
          scope.name,
          "checkbox",
          index === 0 || grant === "code",
          element("code", {}, scope.name),
          element("small", {}, scope.meaning),
        ),
      ),
    );
  }
  onSubmit(form("code"), () => code(setup));
  onSubmit(form("machine"), fromMachineForm);
  onSubmit(form("refresh"), () => renew(setup, false));
  const reuse = byId("reuse", HTMLButtonElement);
  reuse.addEventListener("click", () => busy(reuse, () => renew(setup, true)));
  byId("device-choice").hidden = !setup.endpoints.deviceAuthorization;
  onSubmit(form("device"), () => device(setup));
  choose();
  showFamily();
}

/** @param {string} grant */
const form = (grant) => byId(`${grant}-form`, HTMLFormElement);

/**
 * `openid` is the login itself and always asked for; what is about persons is nothing for machines.
 * @param {string} grant
 * @param {Setup} setup
 */
const scopesFor = (grant, setup) =>
  setup.scopes.filter(({ name }) => name !== "openid" && (grant === "code" || name !== "profile"));

/** @param {string} scope such as "read:contacts" */
const verb = (scope) => scope.split(":")[0];

function choose() {
  const chosen = document.querySelector("input[name=grant]:checked")?.getAttribute("value");
  for (const panel of document.querySelectorAll("form[data-grant]")) {
    /** @type {HTMLElement} */ (panel).hidden = panel.getAttribute("data-grant") !== chosen;
  }
  byId("grant-result").replaceChildren();
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} type
 * @param {boolean} checked
 * @param {...Node} words
 */
function choice(name, value, type, checked, ...words) {
  return element(
    "label",
    { class: "choice" },
    element("input", { type, name, value, checked }),
    element("span", {}, ...words),
  );
}

/**
 * The scopes that a form asks for; none is an error at the field.
 * @param {string} grant
 * @returns {string[]}
 */
function asked(grant) {
  const scopes = new FormData(form(grant)).getAll("scope").map(String);
  showError(
    `${grant}-scopes-error`,
    scopes.length ? "" : "Choose at least one scope: a token for nothing opens nothing.",
  );
  return scopes;
}

/** @param {Setup} setup */
async function code(setup) {
  const scopes = asked("code");
  const user = String(new FormData(form("code")).get("user") ?? "");
  showError("user-error", user ? "" : "Choose who signs in.");
  if (!scopes.length || !user) {
    return;
  }
  const password = setup.users.find((each) => each.name === user)?.password ?? "";
  owner(user);
  result(`Sign in at the authorization server as ${user}, password ${password}.`);
  const outcome = await authorize(setup, scopes, user);
  if ("error" in outcome) {
    result(outcome.error, "bad");
    return;
  }
  const who = outcome.user || user;
  owner(who);
  family = { now: String(outcome.response.refresh_token ?? ""), before: "", user: who, scopes, revoked: false };
  showFamily();
  const token = tokens.keep(outcome.response, who, scopes);
  const missing = scopes.filter((scope) => !token.scopes.includes(scope));
  const other = who === user ? "" : ` The authorization server still knew ${who}, not ${user}: press again to change.`;
  result(
    `A token for ${who}, good for ${token.scopes.filter((scope) => scope !== "openid").join(", ") || "no contacts at all"}.${missing.length ? ` Not granted: ${missing.join(", ")}.` : ""}${other}`,
    "good",
  );
}

async function fromMachineForm() {
  const scopes = asked("machine");
  byId("grant-result").replaceChildren();
  if (scopes.length) {
    const outcome = await machine(String(new FormData(form("machine")).get("format")), scopes);
    if (typeof outcome === "string") {
      showError("machine-scopes-error", outcome);
      result("No token.", "bad");
    } else {
      result(`A token for the machine itself, good for ${outcome.scopes.join(", ")}.`, "good");
    }
  }
}

/**
 * @param {Setup} setup
 * @param {boolean} old whether the used refresh token is tried again
 */
async function renew(setup, old) {
  const value = old ? family.before : family.now;
  const nothing = old
    ? "There is no used refresh token yet: press Refresh first."
    : "There is no refresh token yet: sign in with the authorization code grant first.";
  showError("refresh-error", value ? "" : nothing);
  if (!value) {
    return;
  }
  const outcome = await refresh(setup, value);
  if ("error" in outcome) {
    const refused = old && /invalid_grant/.test(outcome.error);
    family.revoked ||= refused;
    showFamily();
    const words = refused
      ? `Refused, as it must be: ${outcome.error}. It was used before, so the whole family is revoked.`
      : outcome.error;
    result(words, refused ? "good" : "bad");
    return;
  }
  family.before = value;
  family.now = String(outcome.response.refresh_token ?? "");
  showFamily();
  tokens.keep(outcome.response, family.user, family.scopes);
  result("A new access token, and a new refresh token: the old one is used up.", "good");
}

function showFamily() {
  const state = family.revoked ? " (revoked with its family)" : "";
  byId("refresh-tokens").replaceChildren(
    ...pairs([
      ["Now", element("code", {}, family.now ? shortened(family.now) + state : "none")],
      ["Used up", element("code", {}, family.before ? shortened(family.before) : "none")],
    ]).children,
  );
}

/** @param {Setup} setup */
async function device(setup) {
  const scopes = asked("device");
  if (!scopes.length) {
    return;
  }
  const outcome = await authorizeDevice(setup, scopes);
  if ("error" in outcome) {
    result(outcome.error, "bad");
    return;
  }
  const token = tokens.keep(outcome.response, "device", scopes);
  result(`A token for the device, good for ${token.scopes.join(", ") || "no contacts at all"}.`, "good");
}

/**
 * @param {string} words
 * @param {string} [mood]
 */
function result(words, mood = "") {
  byId("grant-result").replaceChildren(element("p", { class: `notice ${mood}` }, words));
}
