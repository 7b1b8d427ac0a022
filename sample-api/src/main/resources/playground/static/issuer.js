// @ts-check
// What the authorization server says of itself (RFC 8414) and its keys.

import { send } from "./http.js";
import * as tokens from "./tokens.js";

/**
 * An address of its metadata, if it is one of its own.
 * @param {string} issuer
 * @param {string} name such as `jwks_uri`
 * @returns {Promise<string | undefined>}
 */
export async function address(issuer, name) {
  const metadata = await send(`${issuer}/.well-known/openid-configuration`);
  const found = metadata.lost ? undefined : metadata.json?.[name];
  return typeof found === "string" && found.startsWith(`${issuer}/`) ? found : undefined;
}

/**
 * Looks which keys it still publishes: tokens of others are no longer good.
 * @param {string} issuer
 */
export async function lookAtKeys(issuer) {
  const uri = await address(issuer, "jwks_uri");
  const set = uri ? await send(uri) : undefined;
  if (set && !set.lost && Array.isArray(set.json?.keys)) {
    tokens.published(set.json.keys.map((/** @type {any} */ key) => String(key.kid)));
  }
}
