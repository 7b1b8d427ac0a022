// @ts-check
// Step 5: the events of the server: decisions to the feed, figures to the plots; a lost server shows, and is found again.

import { tell } from "./cast.js";
import { busy, byId } from "./dom.js";
import { heard, pause } from "./feed.js";
import { machine } from "./machine.js";
import { send } from "./http.js";
import * as plots from "./plots.js";
import * as servers from "./servers.js";
import * as tokens from "./tokens.js";

const AGAIN_MILLIS = 1000;
/** Figures come each second: silence for longer means that the server is gone, even if the connection looks open. */
const SILENCE_MILLIS = 10_000;

let lastHeard = 0;
let asked = -1;
let paused = false;

export function start() {
  plots.start();
  connect();
  const stand = byId("pause", HTMLButtonElement);
  stand.addEventListener("click", () => {
    paused = !paused;
    pause(paused);
    stand.setAttribute("aria-pressed", String(paused));
    stand.textContent = paused ? "Go on" : "Pause";
  });
  const traffic = byId("traffic", HTMLButtonElement);
  traffic.addEventListener("click", () => busy(traffic, sendSome));
}

function connect() {
  const events = new EventSource("/playground/events");
  lastHeard = Date.now();
  const watch = setInterval(() => Date.now() - lastHeard > SILENCE_MILLIS && again(), 1000);
  const again = () => {
    clearInterval(watch);
    events.close();
    servers.api(false);
    setTimeout(connect, AGAIN_MILLIS);
  };
  events.addEventListener("error", again);
  events.addEventListener("decision", (event) => {
    lastHeard = Date.now();
    heard(JSON.parse(event.data));
  });
  events.addEventListener("figures", (event) => {
    lastHeard = Date.now();
    servers.api(true);
    figures(JSON.parse(event.data));
  });
}

/** @param {import("./plots.js").Figures} now */
function figures(now) {
  servers.authorizationServer(now.server === "started");
  if (asked >= 0 && now.introspectionCalls > asked) {
    tell({
      from: "api",
      to: "server",
      title: "POST /oauth2/introspect",
      words: `The API asked the authorization server about ${now.introspectionCalls - asked} ${now.introspectionCalls - asked === 1 ? "token" : "tokens"} in the last second.`,
    });
  }
  asked = now.introspectionCalls;
  if (!paused) {
    plots.add(now);
  }
}

/** Forty requests, good and bad ones, so that there is something to see. */
async function sendSome() {
  const note = byId("traffic-note");
  const token = tokens.jwtWith("read:contacts") ?? (await machine("jwt", ["read:contacts"]));
  const good = typeof token === "string" ? "" : token.value;
  const counts = new Map();
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(
      [good, good, good, "not-a-token"].map((value) =>
        send("/contacts", { headers: value ? { Authorization: `Bearer ${value}` } : {} }),
      ),
    );
    for (const answer of answers) {
      const status = answer.lost ? "lost" : answer.status;
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  note.textContent = [...counts].map(([status, count]) => `${count} × ${status}`).join(", ");
}
