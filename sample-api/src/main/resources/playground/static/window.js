// @ts-check
// The window in which a person signs in at the authorization server.

import { byId, element } from "./dom.js";

/** The window in which a person signs in; where the browser blocks it, a link to press instead. */
export class SignInWindow {
  /** @param {Window | null} opened */
  constructor(opened) {
    this.opened = opened;
  }

  /**
   * Goes to an address of the authorization server and waits for what comes back to our redirect address.
   * @param {string} address
   * @returns {Promise<URLSearchParams | undefined>} the answer; undefined where the window was closed
   */
  visit(address) {
    if (this.opened) {
      this.opened.location.href = address;
    } else {
      // `opener`: the answer has to find this page; it goes to our own origin only.
      byId("grant-result").replaceChildren(
        element(
          "p",
          { class: "notice" },
          "The browser blocked the window. ",
          element("a", { href: address, target: "_blank", rel: "opener" }, "Sign in here instead"),
        ),
      );
    }
    return new Promise((resolve) => {
      const end = (/** @type {URLSearchParams | undefined} */ answer) => {
        removeEventListener("message", heard);
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
          end(new URLSearchParams(String(event.data.answer)));
        }
      };
      const watch = setInterval(() => this.opened?.closed && end(undefined), 400);
      addEventListener("message", heard);
    });
  }

  close() {
    this.opened?.close();
  }
}
