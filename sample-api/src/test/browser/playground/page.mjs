// What people do on the playground, for the scenarios.

import assert from "node:assert/strict";

/** Opens the page and waits until it knows its servers. */
export async function openPage(page, address) {
  await page.goto(address);
  await page.locator("#users label").first().waitFor();
  await page.locator("#server-state", { hasText: "running" }).waitFor();
}

/** Chooses one of the grants. */
export const choose = (page, grant) => page.locator("#grant-choice").getByText(grant, { exact: true }).click();

/** Signs in with the authorization code grant, in the window that opens, and answers the consent page if there is one. */
export async function signIn(page, user, answer = "Allow", onConsent = async (_) => {}) {
  await choose(page, "Authorization code");
  await page.locator(`#users input[value=${user}]`).check();
  const window = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Sign in and get a token" }).click();
  await answerIn(await window, user, answer, onConsent);
  await page.locator("#code-form button[type=submit]:not([aria-busy])").waitFor();
  return page.locator("#grant-result").innerText();
}

/** Signs in and answers the consent page, as far as the window asks for it, until the page closes it. */
export async function answerIn(login, user, answer = "Allow", onConsent = async (_) => {}) {
  const closed = login.waitForEvent("close");
  const name = login.getByLabel("User name", { exact: true });
  const consent = login.getByRole("heading", { name: "Allow access?" });
  // Who is signed in still, or allowed all of it before, is not asked again: the window closes by itself.
  const next = () => Promise.race([name.or(consent).waitFor(), closed]);
  await next();
  if (!login.isClosed() && (await name.isVisible())) {
    await name.fill(user);
    await login.getByLabel("Password").fill(user);
    await login.getByRole("button", { name: "Sign in" }).click();
    await Promise.race([consent.waitFor(), closed]);
  }
  if (!login.isClosed()) {
    await onConsent(login);
    await login.getByRole("button", { name: answer }).click();
  }
  await closed;
}

/** Gets a token of a machine with these scopes. */
export async function machineToken(page, format, scopes) {
  await choose(page, "Client credentials");
  await page.locator("#machine-form").getByText(format, { exact: true }).click();
  for (const box of await page.locator("#machine-scopes input").all()) {
    await box.setChecked(scopes.includes(await box.getAttribute("value")));
  }
  await page.locator("#machine-form").getByRole("button", { name: "Get a token" }).click();
  await page.locator("#machine-form button:not([aria-busy])").waitFor();
}

/** Waits for a text in an element. */
export async function says(page, selector, words) {
  await page.locator(selector).filter({ hasText: words }).first().waitFor();
}

/** The claim of the token that is shown. */
export const claim = (page, name) =>
  page
    .locator("#token .claims tr", { has: page.locator("th", { hasText: new RegExp(`^${name}$`) }) })
    .first()
    .locator("td code")
    .innerText();

/** Calls the API by a button of step 3 and gives the card of its answer. */
export async function call(page, buttonName) {
  await page.locator("#answer").evaluate((answer) => answer.replaceChildren());
  await page.locator("#call").getByRole("button", { name: buttonName, exact: true }).click();
  await page.locator("#answer .card").waitFor();
  return page.locator("#answer .card").innerText();
}

/** That all of these stand in the text. */
export function holds(text, ...parts) {
  for (const part of parts) {
    assert.ok(part instanceof RegExp ? part.test(text) : text.includes(part), `${part} is not in:\n${text}`);
  }
}
