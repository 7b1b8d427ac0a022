// @ts-check
// Requests whose outcome is a value: an answer, or a server that is lost. Nothing here throws.

/** @typedef {{ name: string, value: string }} Field */
/**
 * @typedef {object} Answer
 * @property {false} lost
 * @property {number} status
 * @property {Headers} headers
 * @property {string} text at most 64 KiB of the body
 * @property {any} json the body, or undefined where it is no JSON
 * @property {number} millis
 */
/** @typedef {{ lost: true, words: string }} Lost */
/** @typedef {{ scheme: string, parameters: [string, string][] }} Challenge */

const PATIENCE_MILLIS = 15_000;
const LONGEST_BODY = 65_536;

/**
 * Sends a request and reads the whole answer.
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<Answer | Lost>}
 */
export async function send(url, options = {}) {
  const start = performance.now();
  try {
    const response = await fetch(url, {
      cache: "no-store",
      // The page has no use for cookies, and a request with them would not be one of a client of the API.
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      ...options,
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
    const text = (await response.text()).slice(0, LONGEST_BODY);
    const millis = performance.now() - start;
    return { lost: false, status: response.status, headers: response.headers, text, json: parsed(text), millis };
  } catch {
    return { lost: true, words: `${new URL(url, location.href).host} does not answer` };
  }
}

/**
 * A form, as the endpoints of OAuth want it.
 * @param {string} url
 * @param {Record<string, string>} fields
 */
export function postForm(url, fields) {
  return send(url, { method: "POST", body: new URLSearchParams(fields) });
}

/**
 * JSON to our own server.
 * @param {string} url
 * @param {unknown} value
 */
export function postJson(url, value) {
  return send(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
    body: JSON.stringify(value),
  });
}

/**
 * Why a request did not give what it should, in words.
 * @param {Answer | Lost} answer
 */
export function complaint(answer) {
  if (answer.lost) {
    return `${answer.words}.`;
  }
  const said = answer.json?.error_description ?? answer.json?.detail ?? "";
  const code = answer.json?.error ?? "";
  return [`Status ${answer.status}`, code, said].filter(Boolean).join(": ");
}

/**
 * The challenges of `WWW-Authenticate` (RFC 9110, section 11.6.1): schemes with their parameters.
 * @param {string | null} value
 * @returns {Challenge[]}
 */
export function challenges(value) {
  /** @type {Challenge[]} */
  const found = [];
  const part = /\s*,?\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w!#$%&'*+.^`|~-]+))/gy;
  for (const [, name, quoted, bare, scheme] of (value ?? "").matchAll(part)) {
    if (scheme) {
      found.push({ scheme, parameters: [] });
    } else {
      found.at(-1)?.parameters.push([name, quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1")]);
    }
  }
  return found;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
