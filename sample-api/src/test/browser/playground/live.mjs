// Step 5: decisions arrive, plots move, and the servers' state follows what happens to them.

import assert from "node:assert/strict";
import { machineToken, openPage, says } from "./page.mjs";

const points = (page) =>
  page
    .locator("#plots figure")
    .evaluateAll((figures) => figures.map((figure) => Number(figure.getAttribute("data-points"))));

const moreThan = (page, few) =>
  page.waitForFunction(
    (most) => Number(document.querySelector("#plots figure")?.getAttribute("data-points")) > most,
    few,
  );

/** How much of each plot is drawn in one of its lines' colours. */
const drawn = (page) =>
  page.locator("#plots figure canvas").evaluateAll((canvases) =>
    canvases.map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let coloured = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue, alpha] = data.slice(at, at + 4);
        coloured += alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 90 ? 1 : 0;
      }
      return coloured;
    }),
  );

export async function run({ open, playground, done }) {
  const { page } = await open();
  await openPage(page, playground);
  await says(page, "#api-state", "running");
  await moreThan(page, 1);
  const before = { points: await points(page), drawn: await drawn(page) };
  assert.equal(before.points.length, 5);

  await machineToken(page, "Opaque", ["read:contacts"]);
  await says(page, "#token", "Opaque");
  await page.getByRole("button", { name: "List contacts" }).click();
  await page.getByRole("button", { name: "Send 40 requests" }).click();
  await says(page, "#traffic-note", "30 × 200, 10 × 401");
  await moreThan(page, before.points[0] + 3);
  const after = { points: await points(page), drawn: await drawn(page) };
  assert.ok(
    after.points.every((count, index) => count > before.points[index]),
    JSON.stringify({ before, after }),
  );
  assert.ok(
    after.drawn.every((pixels, index) => pixels > before.drawn[index]),
    JSON.stringify({ before, after }),
  );
  done("the plots move");

  const feed = await page.locator("#feed tbody").innerText();
  for (const part of ["accepted", "refused", "401 inactive", "GET /contacts", "contacts-machine"]) {
    assert.ok(feed.includes(part), `${part} is not in ${feed}`);
  }
  assert.ok((await page.locator("#feed tbody tr").count()) >= 41);
  assert.ok(!/eyJ|not-a-token|Bearer/.test(feed), "a token is in the feed");
  await says(page, "#wire", "POST /oauth2/introspect");
  done("the feed has each decision, and no token");

  await page.getByRole("button", { name: "Pause" }).click();
  const still = await points(page);
  await page.getByRole("button", { name: "List contacts" }).click();
  await says(page, "#answer .status", "200");
  assert.deepEqual(await points(page), still);
  await page.getByRole("button", { name: "Go on" }).click();
  await moreThan(page, still[0]);
  done("paused, nothing moves; and on it goes");

  await page.getByRole("button", { name: "Stop it" }).click();
  await says(page, "#server-state", "stopped");
  await machineToken(page, "JWT", ["read:contacts"]);
  await says(page, "#machine-scopes-error", /./);
  await page.getByRole("button", { name: "Start it" }).click();
  await says(page, "#server-state", "running");
  await machineToken(page, "JWT", ["read:contacts"]);
  await says(page, "#grant-result", "A token for the machine itself");
  done("the authorization server stopped: shown, said at the form, and started again");

  await page.getByRole("button", { name: "Rotate its keys" }).click();
  await says(page, "#server-note", "New key");
  done("its keys rotated");
}
