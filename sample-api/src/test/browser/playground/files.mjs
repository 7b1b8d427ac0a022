// The vendored files are those of the npm package, byte for byte, and all that the page loads comes from its own server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { openPage } from "./page.mjs";

export async function run({ open, playground, done }) {
  const dist = join(dirname(createRequire(import.meta.url).resolve("uplot")));
  const { page } = await open();
  for (const name of ["uPlot.iife.min.js", "uPlot.min.css"]) {
    const served = await page.request.get(`${playground}playground/vendor/uplot/${name}`);
    assert.equal(served.status(), 200);
    assert.deepEqual(await served.body(), readFileSync(join(dist, name)));
  }
  done("uPlot is the one of npm");

  const origins = new Set();
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  const answer = await page.goto(playground);
  await openPage(page, playground);
  assert.deepEqual([...origins], [new URL(playground).origin]);
  const policy = (await answer.allHeaders())["content-security-policy"] ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(
    await page
      .locator("[style], [onclick], script:not([src]), style")
      .evaluateAll((found) => found.filter((each) => !each.closest(".uplot")).length),
    0,
  );
  done("strict: one origin, and nothing inline");
}
