// How the page looks, light, dark and on a phone: nothing cut off, no serious finding of axe; pictures of each step.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { call, machineToken, openPage, says, signIn } from "./page.mjs";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** Findings of axe that keep people out. */
async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

export async function run({ open, playground, folder, done }) {
  for (const [look, options] of Object.entries(LOOKS)) {
    const { context, page } = await open(options);
    const picture = async (name, section) => {
      await page
        .locator(section)
        .evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
      await page.locator("#cast:not([aria-busy])").waitFor();
      await page.screenshot({ path: `${folder}/${name}-${look}.png` });
    };
    await openPage(page, playground);
    await picture("start", "body");
    // The next person to sign in is asked for a decision of their own: who allowed all of it before is not asked again.
    const user = { light: "alice", dark: "bob", phone: "carol" }[look];
    await signIn(page, user, "Allow", async (window) => {
      assert.deepEqual(await findings(window), []);
      await window.screenshot({ path: `${folder}/consent-${look}.png` });
    });
    await says(page, "#wire", "200 access_token");
    await picture("get", "#get");
    await picture("read", "#read");
    await page.getByRole("button", { name: "Ask what the API checks" }).click();
    await page.locator("#checks table").waitFor();
    await picture("checks", "#checks");
    await call(page, "List contacts");
    await picture("call", "#call");
    await page.getByLabel("Contact number").fill("4");
    await page.getByRole("button", { name: "Add contact" }).click();
    await call(page, "Delete contact");
    await picture("answer", "#answer");
    if (look === "phone") {
      await machineToken(page, "JWT", ["read:contacts"]);
      await says(page, "#grant-result", "A token for the machine itself");
    }
    for (const kind of ["expired", "alg-none", "changed-payload"]) {
      await page.locator(`#break-${kind}`).getByRole("button", { name: "Break it" }).click();
      await page.locator(`#break-${kind} .did`).waitFor();
    }
    await page.locator("#break-expired summary").click();
    await picture("break", "#break");
    for (const points of [2, 5, 8]) {
      await page.waitForFunction(
        (few) => Number(document.querySelector("#plots figure")?.getAttribute("data-points")) > few,
        points,
      );
      await page.getByRole("button", { name: "Send 40 requests" }).click();
      await page.locator("#traffic:not([aria-busy])").waitFor();
    }
    await page.waitForFunction(() => Number(document.querySelector("#plots figure")?.getAttribute("data-points")) > 12);
    await picture("live", "#live");

    const { wide, room } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth,
    }));
    assert.equal(wide, room, `${look}: wider than its window`);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("button, h1, h2, h3, label, legend, summary, dt, .badge, .error")]
        .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.tagName} ${element.textContent}`),
    );
    assert.deepEqual(cut, [], `${look}: cut off`);
    assert.deepEqual(await findings(page), [], look);
    done(`${look}: whole, and open to everybody`);
    await context.close();
  }

  const { context, page } = await open();
  await openPage(page, playground);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the steps");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "grant");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator("#machine-form").isVisible());
  await page.keyboard.press("Enter");
  for (let steps = 0; steps < 8 && (await page.evaluate(() => document.activeElement?.tagName)) !== "BUTTON"; steps++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await says(page, "#grant-result", "A token for the machine itself");
  done("by keyboard alone");
  await context.close();
}
