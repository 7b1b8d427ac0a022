// @ts-check
// Device authorization grant (RFC 8628): a code to enter elsewhere, and asking until that was done.

import { tell } from "./cast.js";
import { exchange } from "./code.js";
import { byId } from "./dom.js";
import { complaint, postForm } from "./http.js";

/** @typedef {import("./main.js").Setup} Setup */

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/**
 * Starts, shows the code, and asks until somebody allowed or denied, it expired, or it was cancelled.
 * @param {Setup} setup
 * @param {string[]} scopes
 * @returns {Promise<import("./code.js").Outcome>}
 */
export async function authorizeDevice(setup, scopes) {
  const endpoint = setup.endpoints.deviceAuthorization ?? "";
  const fields = { client_id: setup.deviceClientId ?? setup.clientId, scope: scopes.join(" ") };
  tell({
    from: "client",
    to: "server",
    title: `POST ${new URL(endpoint).pathname}`,
    words: "A device asks for a code that people can type.",
    fields: Object.entries(fields),
  });
  const answer = await postForm(endpoint, fields);
  if (answer.lost || answer.status !== 200) {
    return { error: complaint(answer) };
  }
  const { device_code, user_code, verification_uri, verification_uri_complete, expires_in, interval } = answer.json;
  const where = String(verification_uri_complete ?? verification_uri);
  if (!where.startsWith(`${setup.issuer}/`)) {
    return { error: "The address of the answer is not one of the authorization server." };
  }
  tell({
    from: "server",
    to: "client",
    title: `code ${user_code}`,
    words: "To be entered at the authorization server, in any browser.",
    fields: [
      ["user_code", user_code],
      ["verification_uri", verification_uri],
      ["expires_in", String(expires_in)],
    ],
    mood: "good",
  });
  byId("user-code").textContent = String(user_code);
  byId("verification").setAttribute("href", where);
  const cancel = byId("device-cancel");
  byId("device-code").hidden = false;
  cancel.hidden = false;
  try {
    return await ask(
      setup,
      { grant_type: GRANT, client_id: fields.client_id, device_code },
      Number(interval ?? 5),
      Date.now() + Number(expires_in) * 1000,
      cancel,
    );
  } finally {
    byId("device-code").hidden = true;
    cancel.hidden = true;
  }
}

/**
 * @param {Setup} setup
 * @param {Record<string, string>} fields
 * @param {number} seconds between two questions
 * @param {number} until milliseconds since 1970
 * @param {HTMLElement} cancel
 * @returns {Promise<import("./code.js").Outcome>}
 */
async function ask(setup, fields, seconds, until, cancel) {
  let cancelled = false;
  const stop = () => (cancelled = true);
  cancel.addEventListener("click", stop, { once: true });
  let pause = seconds;
  while (!cancelled && Date.now() < until) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, pause * 1000, undefined);
      cancel.addEventListener(
        "click",
        () => {
          clearTimeout(timer);
          resolve(undefined);
        },
        { once: true },
      );
    });
    if (cancelled) {
      break;
    }
    const outcome = await exchange(setup, fields, "Has somebody entered the code yet?");
    if (!("error" in outcome) || !["authorization_pending", "slow_down"].includes(outcome.error)) {
      return outcome;
    }
    // RFC 8628, section 3.5: slower by five seconds from then on.
    pause += outcome.error === "slow_down" ? 5 : 0;
  }
  return { error: cancelled ? "Cancelled." : "The code has expired." };
}
