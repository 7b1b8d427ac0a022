// @ts-check
// The tokens of this page: in its memory alone, never in a store, a cookie or an address.

import { clock } from "./dom.js";

/**
 * @typedef {object} Token
 * @property {string} value the access token
 * @property {string} label how people tell it apart
 * @property {string[]} scopes
 * @property {number} expiresAt milliseconds since 1970
 * @property {boolean} jwt
 * @property {string} kid of the key that signed a JWT
 * @property {boolean} dead the server forgot its key or revoked it
 */

const MOST = 12;

/** @type {Token[]} the newest first */
const all = [];
/** @type {Token | undefined} */
let current;
/** @type {((token: Token | undefined) => void)[]} */
const listeners = [];

/** Takes a token response (RFC 6749, section 5.1) and makes its token the one in use.
 * @param {any} response
 * @param {string} whose
 * @param {string[]} asked scopes, which are those of the token where the response names none
 * @returns {Token}
 */
export function keep(response, whose, asked) {
  const value = String(response.access_token);
  const jwt = /^[\w-]+\.[\w-]+\.[\w-]*$/.test(value);
  const scopes = typeof response.scope === "string" ? response.scope.split(" ").filter(Boolean) : asked;
  const token = {
    value,
    label: `${whose}, ${jwt ? "JWT" : "opaque"}, ${clock(Date.now())}`,
    scopes,
    expiresAt: Date.now() + Number(response.expires_in ?? 0) * 1000,
    jwt,
    kid: jwt ? String(decoded(value.split(".")[0])?.kid) : "",
    dead: false,
  };
  all.unshift(token);
  all.length = Math.min(all.length, MOST);
  use(token);
  return token;
}

/** @param {Token} token */
export function use(token) {
  current = token;
  changed();
}

export const inUse = () => current;

export const list = () => [...all];

/** Marks the JWTs whose key is no longer published.
 * @param {string[]} kids those that are
 */
export function published(kids) {
  for (const token of all.filter((each) => each.jwt && !kids.includes(each.kid))) {
    token.dead = true;
  }
  changed();
}

/** A JWT with this scope that is good for a while, the one in use first.
 * @param {string} scope
 */
export function jwtWith(scope) {
  const good = (/** @type {Token | undefined} */ token) =>
    token && token.jwt && !token.dead && token.scopes.includes(scope) && token.expiresAt > Date.now() + 10_000;
  return good(current) ? current : all.find(good);
}

/** @param {(token: Token | undefined) => void} listener */
export function onChange(listener) {
  listeners.push(listener);
}

function changed() {
  listeners.forEach((listener) => listener(current));
}

/**
 * The JSON object of a part (base64url), or undefined.
 * @param {string} text
 * @returns {Record<string, unknown> | undefined}
 */
export function decoded(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
      letter.charCodeAt(0),
    );
    const json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return json && typeof json === "object" && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
