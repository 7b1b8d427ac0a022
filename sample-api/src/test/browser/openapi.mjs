// Opens the page of the OpenAPI document in headless Chromium, tries one operation without and with a token, and prints as JSON
// what the page said of each operation, the two answers, what the content security policy blocked, and other errors.
//
//   node openapi.mjs CHROMIUM PAGE TOKEN [SCREENSHOT]

import { launch } from "./chromium.mjs";

const [executablePath, address, token, screenshot] = process.argv.slice(2);

const browser = await launch(executablePath);
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  const violations = [];
  const errors = [];
  const elsewhere = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) {
      violations.push(message.text());
    } else if (message.type() === "error" && !message.text().includes("401")) {
      errors.push(message.text());
    }
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith("data:")) {
      elsewhere.push(request.url());
    }
  });

  await page.goto(address);
  await page.locator(".opblock").first().waitFor();
  const operations = await page.locator(".opblock").evaluateAll((blocks) =>
    blocks.map((block) =>
      [".opblock-summary-method", ".opblock-summary-path", ".opblock-summary-description"]
        .map((part) => block.querySelector(part).textContent.replaceAll("\u200b", "").trim())
        .join(" "),
    ),
  );

  const list = page.locator(".opblock-get").filter({ has: page.locator('[data-path="/contacts"]') });
  await list.locator(".opblock-summary-control").click();
  await list.getByRole("button", { name: "Try it out" }).click();
  const execute = async () => {
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === "/contacts");
    await list.getByRole("button", { name: "Execute" }).click();
    return (await answer).status();
  };
  const without = await execute();
  await page.getByLabel("Access token").fill(token);
  const withToken = await execute();
  await list.locator(".live-responses-table .highlight-code").first().getByText("Ada Lovelace").first().waitFor();
  if (screenshot) {
    await page.screenshot({ path: screenshot });
  }
  console.log(JSON.stringify({ operations, without, with: withToken, violations, errors, elsewhere }));
} finally {
  await browser.close();
}
