// @ts-check
// Client credentials (RFC 6749, section 4.4), for machines.

import { tell } from "./cast.js";
import { complaint, postJson } from "./http.js";
import * as tokens from "./tokens.js";

/**
 * Client credentials, done by the server that keeps the secret.
 * @param {string} format jwt or opaque
 * @param {string[]} scopes
 * @returns {Promise<import("./tokens.js").Token | string>} the token, or why there is none
 */
export async function machine(format, scopes) {
  const answer = await postJson("/playground/machine-tokens", { format, scopes });
  const exchange = answer.lost ? [] : (answer.json?.exchange ?? []);
  for (const message of exchange) {
    tell({
      from: "client",
      to: "server",
      title: `${message.method} ${new URL(message.url, location.href).pathname}`,
      words: "In the machine's own name. Its secret is sent, and not shown here.",
      fields: rows(message.fields),
    });
    const good = message.status === 200;
    tell({
      from: "server",
      to: "client",
      title: good ? "200 access_token" : `${message.status} refused`,
      words: good ? "A token that stands for no person." : "The authorization server refuses.",
      fields: rows(message.body),
      mood: good ? "good" : "bad",
    });
  }
  if (answer.lost || answer.status !== 200 || !answer.json?.token?.access_token) {
    const refused = exchange.at(-1)?.body;
    return refused?.error ? `The authorization server refuses: ${refused.error}.` : complaint(answer);
  }
  return tokens.keep(answer.json.token, "machine", scopes);
}

/**
 * @param {any} value
 * @returns {[string, string][]}
 */
function rows(value) {
  const entries = Array.isArray(value)
    ? value.map((each) => [each.name, each.value])
    : Object.entries(value && typeof value === "object" ? value : {});
  return entries.map(([name, text]) => [String(name), typeof text === "string" ? text : JSON.stringify(text)]);
}
