// @ts-check
// The window in which a person signs in at the authorization server.

import { byId } from "./dom.js";

const NAME = "scopegate-sign-in";

/** The window in which a person signs in; where the browser blocks it, a link that opens it. To be made as a button is pressed. */
export class SignInWindow {
  constructor() {
    const opened = window.open("about:blank", NAME, "popup,width=520,height=760");
    /** @type {Window | null} */
    this.opened = opened && !opened.closed ? opened : null;
  }

  /**
   * Goes to an address of the authorization server and waits for what comes back to our redirect address.
   * @param {string} address
   * @returns {Promise<URLSearchParams | string>} the answer, or why there is none
   */
  visit(address) {
    const wait = new AbortController();
    if (this.opened) {
      this.opened.location.href = address;
    } else {
      this.offer(address, wait.signal);
    }
    return new Promise((resolve) => {
      const end = (/** @type {URLSearchParams | string} */ answer) => {
        wait.abort();
        clearInterval(watch);
        resolve(answer);
      };
      const heard = (/** @type {MessageEvent} */ event) => {
        // Other windows can post here too: only our own callback page counts.
        if (
          event.origin === location.origin &&
          (!this.opened || event.source === this.opened) &&
          event.data?.kind === "authorization-response"
        ) {
          // That of the link: it is known from now on.
          this.opened ??= /** @type {Window} */ (event.source);
          end(new URLSearchParams(String(event.data.answer)));
        }
      };
      const watch = setInterval(() => this.opened?.closed && end("The window was closed before anybody signed in."), 400);
      addEventListener("message", heard, { signal: wait.signal });
      byId("blocked-cancel").addEventListener("click", () => end("Cancelled: nobody signed in."), { signal: wait.signal });
    });
  }

  /**
   * Shows a link to the address, until the signal. It leads to a window of that name, which keeps this page as its opener: the answer
   * has to find it.
   * @param {string} address
   * @param {AbortSignal} until
   */
  offer(address, until) {
    const blocked = byId("blocked");
    byId("blocked-link", HTMLAnchorElement).href = address;
    byId("blocked-link").setAttribute("target", NAME);
    blocked.hidden = false;
    byId("blocked-link").focus();
    until.addEventListener("abort", () => (blocked.hidden = true));
  }

  close() {
    this.opened?.close();
  }
}
