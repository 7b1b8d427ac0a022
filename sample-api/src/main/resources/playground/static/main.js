// @ts-check
// The playground: reads how the sample is set up, and starts each step.

import * as api from "./api.js";
import * as breaks from "./breaks.js";
import { draw } from "./cast.js";
import * as grants from "./grants.js";
import { send } from "./http.js";
import * as live from "./live.js";
import * as servers from "./servers.js";
import * as token from "./token.js";

/**
 * What `GET /playground/setup` says of the running configuration.
 * @typedef {object} Setup
 * @property {string} issuer
 * @property {string} resource
 * @property {string} clientId
 * @property {string} [deviceClientId]
 * @property {string} redirectUri
 * @property {{ authorization: string, token: string, revocation: string, deviceAuthorization?: string }} endpoints
 * @property {{ name: string, meaning: string }[]} scopes
 * @property {{ name: string, password: string, may: string[] }[]} users
 * @property {{ route: string, requires: string }[]} rules
 */

const AGAIN_MILLIS = 2000;

async function start() {
  servers.listen();
  const setup = await untilThere();
  const redirect = new URL(setup.redirectUri).origin;
  if (redirect !== location.origin) {
    // The answer of a login would come to another origin than this page, and be dropped.
    location.replace(`${redirect}/`);
    return;
  }
  draw(new URL(setup.issuer).host, new URL(setup.resource).host);
  token.start();
  grants.start(setup);
  api.start(setup);
  live.start();
  void servers.start(setup.issuer);
  await breaks.start(setup.issuer);
}

/** @returns {Promise<Setup>} */
async function untilThere() {
  for (;;) {
    const answer = await send("/playground/setup");
    if (!answer.lost && answer.status === 200 && answer.json) {
      servers.api(true);
      return answer.json;
    }
    servers.api(false);
    await new Promise((again) => setTimeout(again, AGAIN_MILLIS));
  }
}

draw("", "");
void start();
