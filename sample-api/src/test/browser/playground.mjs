// Runs one scenario on the playground in headless Chromium, and prints as JSON what it checked and what the console said.
//
//   node playground.mjs SCENARIO CHROMIUM PLAYGROUND FOLDER
//
// SCENARIO is a file of ./playground; PLAYGROUND is its address, or for `lost` the command that runs the sample; FOLDER takes the
// screenshots.

import { consoleErrors, launch } from "./chromium.mjs";

const [scenario, executablePath, playground, folder] = process.argv.slice(2);

// What the scenarios have refused on purpose.
const REFUSED = [/\/contacts(\/\d+)?$/, /\/oauth2\/token$/, /\/playground\/machine-tokens$/];

const { run, without } = await import(`./playground/${scenario}.mjs`);
const browser = await launch(executablePath, without);
/** @type {string[]} */
const checked = [];
/** @type {string[]} */
const errors = [];
try {
  /** A page of its own, with a memory of its own. */
  const open = async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
    context.setDefaultTimeout(45_000);
    const own = consoleErrors(context, REFUSED);
    context.on("close", () => errors.push(...own));
    return { context, page: await context.newPage() };
  };
  await run({ open, playground, folder, done: (name) => checked.push(name) });
  for (const context of browser.contexts()) {
    await context.close();
  }
  console.log(JSON.stringify({ checked, errors }));
} catch (failed) {
  console.error(`after: ${checked.at(-1) ?? "nothing"}`);
  throw failed;
} finally {
  await browser.close();
}
