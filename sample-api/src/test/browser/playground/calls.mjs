// Step 3: calls with real buttons, what is said of each answer, and forms that say what is wrong where it is wrong.

import assert from "node:assert/strict";
import { call, holds, machineToken, openPage, says, signIn } from "./page.mjs";

export async function run({ open, playground, done }) {
  const { context, page } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await openPage(page, playground);

  holds(
    await call(page, "List contacts"),
    "401",
    "credentials-absent",
    "Challenge Bearer",
    /scope\s+read:contacts/,
    "GET /contacts",
  );
  done("no token: 401, and the challenge says what is needed");

  await signIn(page, "bob");
  holds(await call(page, "List contacts"), "200", "passed the filter", "Ada Lovelace", "ada@example.com");
  await page.getByLabel("Call without a token").check();
  holds(await call(page, "List contacts"), "401", "credentials-absent");
  await page.getByLabel("Call without a token").uncheck();
  done("bob lists; without the token he does not");

  await page.getByLabel("Contact number").fill("1");
  holds(
    await call(page, "Delete contact"),
    "403",
    "scope-missing",
    "insufficient_scope",
    "delete:contacts",
    "DELETE /contacts/{id}",
    "Found in the log as",
  );
  done("bob may not delete: 403, with the rule that decided and the challenge parsed");

  await page.getByLabel("Contact number").fill("../1");
  await page.getByRole("button", { name: "Delete contact" }).click();
  await says(page, "#contact-id-error", "Give the number");
  assert.equal(await page.getByLabel("Contact number").getAttribute("aria-invalid"), "true");
  await page.getByRole("button", { name: "Add contact" }).click();
  await says(page, "#name-error", "A contact needs a name");
  await says(page, "#email-error", "A contact needs an address");
  await page.getByLabel("Name", { exact: true }).fill("Katherine Johnson");
  await page.getByLabel("Email").fill("katherine");
  await page.getByRole("button", { name: "Add contact" }).click();
  await says(page, "#email-error", "This is no address");
  assert.equal(await page.locator("#name-error").innerText(), "");
  assert.equal(await page.getByLabel("Email").getAttribute("aria-invalid"), "true");
  done("what is wrong in a form stands at its field");

  await signIn(page, "alice");
  await page.getByLabel("Email").fill("katherine@example.com");
  holds(await call(page, "Add contact"), "201", /Location\s+\/contacts\/\d+/);
  assert.equal(await page.locator("#email-error").innerText(), "");
  holds(await call(page, "List contacts"), "Katherine Johnson");
  done("alice adds a contact");

  // What no check of this page finds is found by the API, and shown at the same place.
  await page.getByLabel("Name", { exact: true }).fill("Nobody");
  await page.getByLabel("Email").fill("no..body@example.com");
  holds(await call(page, "Add contact"), "400", "refused by the API itself");
  await says(page, "#email-error", "The API says");
  assert.equal(await page.getByLabel("Email").getAttribute("aria-invalid"), "true");
  done("what the API itself finds wrong stands at its field too");

  await call(page, "List contacts");
  await page.locator(".contacts tr", { hasText: "Katherine" }).getByRole("button").click();
  await says(page, "#answer .status", "204");
  holds(await page.locator("#answer").innerText(), "passed the filter", "DELETE /contacts/{id}");
  holds(await call(page, "Delete contact"), "404", "refused by the API itself");
  done("alice deletes it; a second time the API does not know it");

  await page.locator("#answer summary", { hasText: "As curl" }).click();
  const shown = await page.locator("#answer .curl pre").innerText();
  holds(shown, "curl -i -X DELETE", "Bearer $TOKEN");
  await page.getByRole("button", { name: "Copy as curl, with the token" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  holds(
    await page.evaluate(() => navigator.clipboard.readText()),
    "curl -i -X DELETE",
    /Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+"/,
  );
  done("copied as curl, with the token only in the copy");

  await machineToken(page, "Opaque", ["read:contacts"]);
  await says(page, "#token", "Opaque");
  holds(await call(page, "List contacts"), "200", "passed the filter");
  await page.getByLabel("Token in use").selectOption({ index: 1 });
  await says(page, "#token .claims", "alice");
  done("an opaque token reads too; another token can be put to use");
  await context.close();
}
