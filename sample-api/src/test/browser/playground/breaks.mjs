// Step 4: each button, with the answer that it has to have; then all of them in a row.

import assert from "node:assert/strict";
import { openPage, says, signIn } from "./page.mjs";

/** What has to be answered, known here and not asked of the server. In this order: what is stopped is started again. */
const MUST = {
  expired: [401, "expired"],
  "other-audience": [401, "audience"],
  "alg-none": [401, ""],
  "another-key": [401, "signature"],
  "changed-payload": [401, "signature"],
  "unknown-kid": [401, "key-unknown"],
  "two-headers": [400, "credentials-repeated"],
  "token-in-query": [401, "credentials-absent"],
  "no-scope": [403, "scope-missing"],
  revoked: [401, "inactive"],
  "ambiguous-path": [400, "path-ambiguous"],
  "server-stopped": [503, "introspection-unavailable"],
  "server-started": [200, ""],
  "keys-rotated": [401, ""],
};

export async function run({ open, playground, done }) {
  const { page } = await open();
  await openPage(page, playground);
  await page.locator("#breaks li").first().waitFor();
  const kinds = await page
    .locator("#breaks > li")
    .evaluateAll((rows) => rows.map((row) => row.id.replace("break-", "")));
  assert.deepEqual([...kinds].sort(), Object.keys(MUST).sort());
  await signIn(page, "alice");

  for (const [kind, [status, reason]] of Object.entries(MUST)) {
    const row = page.locator(`#break-${kind}`);
    await row.getByRole("button", { name: "Break it" }).click();
    await row.locator(".did").waitFor({ timeout: 30_000 });
    const did = await row.locator(".did").innerText();
    assert.match(did, new RegExp(`✓ as it must be\\s+Did:\\s+${status}\\b`), `${kind}: ${await row.innerText()}`);
    await row.locator("summary").click();
    const evidence = await row.locator(".evidence").innerText();
    assert.ok(evidence.includes(reason), `${kind}: ${reason} is not in ${evidence}`);
    assert.ok(!/eyJ[\w-]+\.[\w-]{20,}\.[\w-]{20,}/.test(evidence), `${kind} shows a whole token`);
    if (kind === "server-stopped") {
      assert.match(evidence, /retry-after/i);
      await says(page, "#server-state", "stopped");
    }
    if (kind === "server-started") {
      await says(page, "#server-state", "running");
    }
    done(kind);
  }

  await says(page, "#token", "no longer good");
  done("a token whose key is gone is said to be no longer good");

  await page.getByRole("button", { name: "Break everything" }).click();
  await page
    .locator("#break-summary", { hasText: `All ${kinds.length} ended as they must.` })
    .waitFor({ timeout: 90_000 });
  done("everything in a row");
}
