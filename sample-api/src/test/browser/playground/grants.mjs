// Step 1 and 2: each grant, what becomes of it, and what is kept of it.

import assert from "node:assert/strict";
import { choose, claim, holds, machineToken, openPage, says, signIn } from "./page.mjs";

export async function run({ open, playground, done }) {
  const { context, page } = await open();
  await openPage(page, playground);

  holds(await signIn(page, "alice", "Deny"), "access_denied");
  done("code, denied: no token");

  holds(await signIn(page, "alice"), "A token for alice", "delete:contacts");
  assert.equal(await claim(page, "sub"), "alice");
  holds(await claim(page, "scope"), "read:contacts", "delete:contacts");
  await says(page, "#life-words", /expires in [0-4]:[0-5]\d/);
  done("code and PKCE as alice: a JWT, claim by claim");

  await says(page, "#wire", "200 access_token");
  await page.locator("#wire summary", { hasText: "302 with a code" }).last().click();
  const wire = await page.locator("#wire").innerText();
  holds(wire, "GET /oauth2/authorize", "POST /oauth2/token", "200 access_token", /state/);
  assert.ok(!/eyJ[\w-]{20,}/.test(wire), "a whole token is on the wire");
  done("the picture has the messages, and no token");

  holds(await signIn(page, "bob"), "A token for bob", "Not granted: create:contacts, delete:contacts");
  assert.equal(await claim(page, "sub"), "bob");
  done("code as bob: alice is signed out first, and less is granted");

  holds(await signIn(page, "carol"), "A token for carol", "Not granted: read:contacts");
  done("code as carol: nothing of the contacts is granted");

  // The server, which knows carol, would answer before the forger does.
  const answers = "**/oauth2/authorize?**";
  await context.route(answers, (route) => route.fulfill({ status: 204 }));
  const forged = context.waitForEvent("page");
  await page.getByRole("button", { name: "Sign in and get a token" }).click();
  await (await forged).goto(`${new URL(playground).origin}/playground/callback?code=stolen&state=of-another`);
  await says(page, "#grant-result", "does not belong to this request");
  await context.unroute(answers);
  done("an answer with another state: dropped");

  await page.locator("#users input[value=bob]").check();
  const shut = context.waitForEvent("page");
  await page.getByRole("button", { name: "Sign in and get a token" }).click();
  await (await shut).close();
  await says(page, "#grant-result", "The window was closed");
  done("the window closed: said so");

  await choose(page, "Refresh token");
  await page.getByRole("button", { name: "Use the old one again" }).click();
  await says(page, "#refresh-error", "press Refresh first");
  const before = await page.locator("#refresh-tokens dd").first().innerText();
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await says(page, "#grant-result", "a new refresh token");
  assert.equal(await page.locator("#refresh-tokens dd").nth(1).innerText(), before);
  assert.notEqual(await page.locator("#refresh-tokens dd").first().innerText(), before);
  done("refresh: a new refresh token, the old one used up");

  await page.getByRole("button", { name: "Use the old one again" }).click();
  await says(page, "#grant-result", /Refused, as it must be.*invalid_grant/);
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await says(page, "#grant-result", /^Status 400: invalid_grant/);
  done("a used refresh token comes back: the family is revoked");

  await machineToken(page, "JWT", []);
  await says(page, "#machine-scopes-error", "Choose at least one scope");
  await machineToken(page, "JWT", ["delete:contacts"]);
  await says(page, "#machine-scopes-error", "invalid_scope");
  assert.equal(await page.locator("#machine-form fieldset[aria-invalid=true]").count(), 1);
  done("client credentials without a scope, or with one too many: an error at the field");

  await machineToken(page, "JWT", ["read:contacts"]);
  await says(page, "#grant-result", "A token for the machine itself");
  assert.equal(await page.locator("#machine-scopes-error").innerText(), "");
  assert.equal(await claim(page, "client_id"), "contacts-machine");
  await page.getByRole("button", { name: "Ask what introspection says" }).click();
  await says(page, "#introspection", "the token is active");
  await page.getByRole("button", { name: "Ask what the API checks" }).click();
  await says(page, "#checks h3", "GET /contacts: accepted");
  await says(page, "#checks tr", /signature.*verifies.*✓ passed/s);
  done("client credentials: a JWT, introspection says active, and each check of the API passes");

  await machineToken(page, "Opaque", ["read:contacts", "create:contacts"]);
  await says(page, "#token", "Opaque: there is nothing in it to read");
  await says(page, "#introspection", "the token is active");
  await says(page, "#introspection", "contacts-machine-opaque");
  await page.getByRole("button", { name: "Ask what the API checks" }).click();
  await says(page, "#checks tr", /introspection.*✓ passed/s);
  done("client credentials: an opaque token, and what introspection says of it");

  await device(page, context, done);

  const kept = await page.evaluate(() =>
    [localStorage.length, sessionStorage.length, document.cookie, location.href].join(" "),
  );
  assert.equal(kept, `0 0  ${new URL(playground).origin}/`);
  await page.reload();
  await says(page, "#token", "No token yet");
  done("tokens are in memory alone");
}

/** Device code: cancelled, then allowed by alice in a browser of hers. */
async function device(page, context, done) {
  // Whoever was signed in before in this browser would be asked here.
  await context.clearCookies();
  await choose(page, "Device code");
  const start = page.locator("#device-form").getByRole("button", { name: "Start" });
  await start.click();
  await page.locator("#device-cancel").click();
  await says(page, "#grant-result", "Cancelled");
  done("device code: cancelled");

  await start.click();
  const opened = context.waitForEvent("page");
  await page.locator("#verification").click();
  const hers = await opened;
  const name = hers.getByLabel("User name", { exact: true });
  const goOn = hers.getByRole("button", { name: "Go on" });
  const allow = hers.getByRole("button", { name: "Allow" });
  await name.or(goOn).or(allow).waitFor();
  if (await name.isVisible()) {
    await name.fill("alice");
    await hers.getByLabel("Password").fill("alice");
    await hers.getByRole("button", { name: "Sign in" }).click();
    await goOn.or(allow).waitFor();
  }
  if (await goOn.isVisible()) {
    await goOn.click();
  }
  await allow.click();
  await says(page, "#grant-result", "A token for the device");
  assert.equal(await claim(page, "client_id"), "contacts-device");
  done("device code: allowed in another window");
}
