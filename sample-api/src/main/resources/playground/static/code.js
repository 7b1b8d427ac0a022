// @ts-check
// Authorization code with PKCE (RFC 6749, section 4.1, and RFC 7636), and the refresh token that comes of it. The login is
// in a window of its own; `state` and the verifier stay in this page's memory.

import { tell } from "./cast.js";
import { shortened } from "./dom.js";
import { complaint, postForm } from "./http.js";
import { address } from "./issuer.js";
import { decoded } from "./tokens.js";
import { SignInWindow } from "./window.js";

/** @typedef {import("./main.js").Setup} Setup */
/** @typedef {{ response: any, user: string } | { error: string }} Outcome */

/** The last ID token: it signs its user out, before somebody else signs in. */
let signedIn = { idToken: "", user: "" };

/**
 * Lets a person sign in and allow, and redeems the code.
 * @param {Setup} setup
 * @param {string[]} scopes
 * @param {string} user who is expected to sign in
 * @returns {Promise<Outcome>}
 */
export async function authorize(setup, scopes, user) {
  const window_ = new SignInWindow();
  try {
    if (signedIn.idToken && signedIn.user !== user) {
      const none = await signOut(setup, window_);
      if (none) {
        return { error: none };
      }
    }
    const state = random(16);
    const verifier = random(32);
    const request = {
      response_type: "code",
      client_id: setup.clientId,
      redirect_uri: setup.redirectUri,
      scope: ["openid", ...scopes].join(" "),
      state,
      code_challenge: await digest(verifier),
      code_challenge_method: "S256",
    };
    tell({
      from: "client",
      to: "server",
      title: `GET ${new URL(setup.endpoints.authorization).pathname}`,
      words: "Sent with the browser. The challenge is the digest of a secret that only this page knows.",
      fields: Object.entries(request),
    });
    tell({
      from: "owner",
      to: "server",
      title: "login and consent",
      words: `${user} signs in and allows, in the other window. The password goes to the authorization server alone: this page never sees it.`,
    });
    const answer = await window_.visit(`${setup.endpoints.authorization}?${new URLSearchParams(request)}`);
    return typeof answer === "string" ? { error: answer } : await redeem(setup, answer, state, verifier);
  } finally {
    window_.close();
  }
}

/**
 * @param {Setup} setup
 * @param {URLSearchParams} answer
 * @param {string} state
 * @param {string} verifier
 * @returns {Promise<Outcome>}
 */
async function redeem(setup, answer, state, verifier) {
  const fields = visible(Object.fromEntries(answer));
  // An attacker's code in our page (RFC 6749, section 10.12), or the answer of another server (RFC 9207).
  const ours = answer.get("state") === state && (answer.get("iss") ?? setup.issuer) === setup.issuer;
  if (!ours) {
    tell({
      from: "server",
      to: "client",
      title: "state does not fit",
      words: "This answer belongs to no request of this page: it is dropped.",
      fields,
      mood: "bad",
    });
    return { error: "The answer does not belong to this request (state), so it was dropped." };
  }
  const code = answer.get("code");
  if (!code) {
    const error = answer.get("error") ?? "no code";
    tell({ from: "server", to: "client", title: error, words: "Nobody allowed it.", fields, mood: "bad" });
    return { error: `The authorization server says: ${error}.` };
  }
  tell({
    from: "server",
    to: "client",
    title: "302 with a code",
    words: "Back to this page. Its state is ours: checked. The code alone is worth nothing without the verifier.",
    fields,
    mood: "good",
  });
  return exchange(
    setup,
    {
      grant_type: "authorization_code",
      client_id: setup.clientId,
      redirect_uri: setup.redirectUri,
      code,
      code_verifier: verifier,
    },
    "The code and the verifier buy the token. The server compares the digest of the verifier with the challenge.",
  );
}

/**
 * Refreshes.
 * @param {Setup} setup
 * @param {string} refreshToken
 * @returns {Promise<Outcome>}
 */
export const refresh = (setup, refreshToken) =>
  exchange(
    setup,
    { grant_type: "refresh_token", client_id: setup.clientId, refresh_token: refreshToken },
    "A refresh token buys the next access token, once.",
  );

/**
 * A request to the token endpoint, shown with its secrets shortened.
 * @param {Setup} setup
 * @param {Record<string, string>} fields
 * @param {string} words
 * @returns {Promise<Outcome>}
 */
export async function exchange(setup, fields, words) {
  tell({
    from: "client",
    to: "server",
    title: `POST ${new URL(setup.endpoints.token).pathname}`,
    words,
    fields: visible(fields),
  });
  const answer = await postForm(setup.endpoints.token, fields);
  if (answer.lost || answer.status !== 200 || !answer.json?.access_token) {
    const said = complaint(answer);
    const code = answer.lost ? "no answer" : `${answer.status} ${answer.json?.error ?? ""}`;
    tell({ from: "server", to: "client", title: code, words: said, mood: "bad" });
    return {
      error: answer.lost
        ? said
        : answer.json?.error === "authorization_pending" || answer.json?.error === "slow_down"
          ? answer.json.error
          : said,
    };
  }
  tell({
    from: "server",
    to: "client",
    title: "200 access_token",
    words: "The token, for this page alone. It is kept in memory only.",
    fields: visible(answer.json),
    mood: "good",
  });
  const user = userOf(answer.json.id_token);
  if (user) {
    signedIn = { idToken: answer.json.id_token, user };
  }
  return { response: answer.json, user: user || signedIn.user };
}

/**
 * Signs the last user out at the authorization server (OpenID Connect RP-Initiated Logout), so that another can sign in.
 * @param {Setup} setup
 * @param {SignInWindow} window_
 * @returns {Promise<string>} why that did not happen; empty where it did
 */
async function signOut(setup, window_) {
  const endpoint = await address(setup.issuer, "end_session_endpoint");
  if (!endpoint) {
    return "";
  }
  const request = {
    id_token_hint: signedIn.idToken,
    client_id: setup.clientId,
    post_logout_redirect_uri: setup.redirectUri,
    state: random(8),
  };
  tell({
    from: "client",
    to: "server",
    title: `GET ${new URL(endpoint).pathname}`,
    words: `${signedIn.user} is signed out first.`,
    fields: [
      ["id_token_hint", shortened(signedIn.idToken)],
      ["post_logout_redirect_uri", setup.redirectUri],
    ],
  });
  const answer = await window_.visit(`${endpoint}?${new URLSearchParams(request)}`);
  if (typeof answer === "string") {
    return answer;
  }
  signedIn = { idToken: "", user: "" };
  return "";
}

/**
 * Parameters for people to see: what opens something is shortened.
 * @param {Record<string, unknown>} parameters
 * @returns {[string, string][]}
 */
const visible = (parameters) =>
  Object.entries(parameters).map(([name, value]) => [
    name,
    /token$|^code$|_code$|verifier$/.test(name) ? shortened(String(value)) : String(value),
  ]);

/** @param {unknown} idToken */
function userOf(idToken) {
  const claims = typeof idToken === "string" ? decoded(idToken.split(".")[1] ?? "") : undefined;
  return typeof claims?.sub === "string" ? claims.sub : "";
}

/** @param {number} bytes */
const random = (bytes) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

/** @param {string} text */
const digest = async (text) =>
  base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
