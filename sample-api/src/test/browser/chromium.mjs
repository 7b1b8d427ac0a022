// Headless Chromium as this machine can run it, and what its console says.

import { chromium } from "playwright-core";

/**
 * @param {string} executablePath
 * @param {string[]} [without] what Playwright asks of the browser by itself, and is not to ask here
 */
export function launch(executablePath, without = []) {
  return chromium.launch({
    executablePath,
    ignoreDefaultArgs: without,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Collects the errors of all pages of a browser context. A refusal that a test asks for is one line of the console too: those of
 * the addresses named are not errors of the page.
 * @param {import("playwright-core").BrowserContext} context
 * @param {RegExp[]} refused addresses that may answer with 4xx and 5xx
 */
export function consoleErrors(context, refused) {
  /** @type {string[]} */
  const errors = [];
  context.on("console", (message) => {
    const asked =
      message.text().startsWith("Failed to load resource: the server responded with a status of") &&
      refused.some((address) => address.test(message.location().url));
    if (message.type() === "error" && !asked) {
      errors.push(`${message.text()} (${message.location().url})`);
    }
  });
  context.on("weberror", (error) => errors.push(String(error.error())));
  return errors;
}
