// Opens an authorization request in headless Chromium, signs in, allows all that the consent page offers, and prints as
// JSON what the page offered, where the browser was sent, and what the content security policy blocked.
//
//   node sign-in.mjs CHROMIUM AUTHORIZATION-REQUEST REDIRECT-URI USER

import { launch } from "./chromium.mjs";

const [executablePath, authorizationRequest, redirectUri, user] = process.argv.slice(2);

const browser = await launch(executablePath);
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  const violations = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) {
      violations.push(message.text());
    }
  });

  await page.goto(authorizationRequest);
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(user);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.getByRole("heading", { name: "Allow access?" }).waitFor();
  const offered = await page.locator("input[name=scope]").evaluateAll((boxes) => boxes.map((box) => box.value));
  // The request, not the address: the page there takes the code out of the address at once.
  const callback = page.waitForRequest((request) => request.url().startsWith(`${redirectUri}?`));
  await page.getByRole("button", { name: "Allow" }).click();
  console.log(JSON.stringify({ offered, callback: (await callback).url(), violations }));
} finally {
  await browser.close();
}
