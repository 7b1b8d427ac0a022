// @ts-check
// What the members of a token's header, of its payload and of an introspection answer mean.

import { clock } from "./dom.js";

/** @type {Record<string, string>} */
const WORDS = {
  alg: "The algorithm of the signature. The API accepts what its configuration names, and nothing else: never “none”.",
  kid: "Which of the server's keys signed it.",
  typ: "What it is: “at+jwt” is an access token (RFC 9068), so that no other kind of token passes for one.",
  iss: "Who issued it. The API trusts the issuers it is configured for.",
  sub: "Whom it is about: the person who signed in, or the machine itself.",
  aud: "Which API it is for. Another API has to refuse it.",
  client_id: "Which client got it.",
  scope: "What the client may do with it.",
  jti: "Its own number, so that it can be told from any other.",
  active: "Whether the server stands by it at this moment.",
  token_type: "How it is presented: as a bearer token, by whoever holds it.",
  username: "The name of the person, for people.",
  cnf: "The key that it is bound to: who presents it has to prove that they hold it.",
  auth_time: "When the person signed in.",
  acr: "How strongly the person signed in.",
};

/** @type {Record<string, (when: string) => string>} */
const TIMES = {
  exp: (when) => `Expires ${when}. From then on it is refused, at the latest after the allowed skew of clocks.`,
  iat: (when) => `Issued ${when}.`,
  nbf: (when) => `Not to be used before ${when}.`,
};

/**
 * A claim in words.
 * @param {string} name
 * @param {unknown} value
 */
export function claimWords(name, value) {
  if (Object.hasOwn(TIMES, name) && typeof value === "number") {
    return TIMES[name](clock(value * 1000));
  }
  return Object.hasOwn(WORDS, name) ? WORDS[name] : "Further information of the server; this API does not look at it.";
}
