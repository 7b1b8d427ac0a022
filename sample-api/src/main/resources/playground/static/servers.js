// @ts-check
// The two servers: whether they are there, and the buttons that stop one and change its keys.

import { tell } from "./cast.js";
import { busy, byId, shortened } from "./dom.js";
import { complaint, postJson, send } from "./http.js";
import { lookAtKeys } from "./issuer.js";

const stop = byId("server-switch", HTMLButtonElement);
const rotate = byId("rotate-keys", HTMLButtonElement);
let running = true;
let issuer = "";

/** Makes the buttons work. */
export function listen() {
  stop.addEventListener("click", () => busy(stop, change));
  rotate.addEventListener("click", () => busy(rotate, newKeys));
}

/**
 * Asks once how the authorization server is; the events tell from then on.
 * @param {string} address
 */
export async function start(address) {
  issuer = address;
  const answer = await send("/playground/authorization-server");
  if (!answer.lost && answer.status === 200) {
    authorizationServer(answer.json?.state === "started");
  }
}

/** @param {boolean} there whether the API answers */
export function api(there) {
  const changed = show("api", there ? "running" : "lost", there);
  const lost = byId("lost");
  if (changed) {
    lost.hidden = there;
    lost.textContent = there ? "" : "The sample does not answer. This page tries again by itself.";
  }
  if (there && changed && issuer) {
    // Whoever was away may have come back with other keys.
    void lookAtKeys(issuer);
  }
  if (!there) {
    show("server", "unknown", false);
    stop.disabled = rotate.disabled = true;
  }
}

/** @param {boolean} there whether the authorization server runs */
export function authorizationServer(there) {
  running = there;
  show("server", there ? "running" : "stopped", there);
  stop.textContent = there ? "Stop it" : "Start it";
  stop.disabled = false;
  rotate.disabled = !there;
}

/**
 * @param {string} which
 * @param {string} words
 * @param {boolean} good
 * @returns {boolean} whether that is news
 */
function show(which, words, good) {
  const state = byId(`${which}-state`);
  const news = state.textContent !== words;
  if (news) {
    state.textContent = words;
    byId(`${which}-dot`).className = `dot ${good ? "good" : "bad"}`;
  }
  return news;
}

async function change() {
  const wanted = running ? "stopped" : "started";
  const answer = await postJson("/playground/authorization-server", { state: wanted });
  const done = !answer.lost && answer.status === 200 && answer.json?.state === wanted;
  if (done) {
    authorizationServer(wanted === "started");
    tell({
      from: "server",
      to: "api",
      title: wanted,
      words:
        wanted === "stopped"
          ? "The authorization server is away. JWTs of known keys go on; what would have to be asked is undecided: 503."
          : "The authorization server is back.",
      mood: wanted === "started" ? "good" : "bad",
    });
  }
  byId("server-note").textContent = done ? "" : complaint(answer);
}

async function newKeys() {
  const answer = await postJson("/playground/keys", {});
  const done = !answer.lost && answer.status === 200;
  if (done) {
    await lookAtKeys(issuer);
    tell({
      from: "server",
      to: "api",
      title: "a new signing key",
      words: "The API fetches it when the first token names it, once.",
      fields: [
        ["kid", String(answer.json?.kid)],
        ["previous", String(answer.json?.previous)],
      ],
      mood: "good",
    });
  }
  byId("server-note").textContent = done ? `New key ${shortened(String(answer.json?.kid))}` : complaint(answer);
}
