// Step 1 where the browser opens no window by itself: the page says so, and a link and a way back are there.

import assert from "node:assert/strict";
import { answerIn, choose, claim, holds, openPage, says } from "./page.mjs";

/** Playwright lets all windows through; here Chromium blocks them as it does for people. */
export const without = ["--disable-popup-blocking"];

/** Asks for a token when the one window that goes with a press is used up already. */
async function press(page, user) {
  await choose(page, "Authorization code");
  await page.locator(`#users input[value=${user}]`).check();
  await page.evaluate(() => {
    globalThis.open("about:blank", "another")?.close();
    document.querySelector("#code-form").requestSubmit();
  });
  await page.locator("#blocked").waitFor();
}

/** Follows the link and answers in the tab that opens. */
async function follow(page, user) {
  const opened = page.context().waitForEvent("page");
  await page.locator("#blocked-link").click();
  await answerIn(await opened, user);
  await says(page, "#grant-result", "A token for");
  return page.locator("#grant-result").innerText();
}

export async function run({ open, playground, done }) {
  const { context, page } = await open();
  await openPage(page, playground);

  await press(page, "alice");
  await says(page, "#blocked", "The browser blocked the window");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "blocked-link");
  await page.locator("#blocked-cancel").click();
  await says(page, "#grant-result", "Cancelled");
  assert.ok(await page.locator("#blocked").isHidden());
  done("blocked and cancelled: said so, and the button works again");

  await press(page, "alice");
  holds(await follow(page, "alice"), "A token for alice");
  assert.equal(await claim(page, "sub"), "alice");
  assert.ok(await page.locator("#blocked").isHidden());
  assert.equal(context.pages().length, 1);
  done("blocked, and signed in by the link: a token, and its tab is closed");

  await press(page, "bob");
  holds(await follow(page, "bob"), "A token for bob");
  assert.equal(await claim(page, "sub"), "bob");
  done("blocked, as another: signed out and in by one link");
}
