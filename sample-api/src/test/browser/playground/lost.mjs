// The sample as a stranger runs it, ended under an open page and started again: lost is shown, and found again.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";
import { call, holds, machineToken, says } from "./page.mjs";

/** Starts the sample and waits for its welcome, which names both addresses. */
async function start(command, api, authorizationServer) {
  const [program, ...parameters] = JSON.parse(command);
  const sample = spawn(
    program,
    [...parameters, `--server.port=${api}`, `--authorization-server.port=${authorizationServer}`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const addresses = new Set();
  for await (const line of createInterface({ input: sample.stdout })) {
    (line.match(/http:\/\/localhost:\d+/g) ?? []).forEach((address) => addresses.add(address));
    if (line.startsWith("Stop with")) {
      break;
    }
  }
  sample.stdout.resume();
  return { sample, ports: [...addresses].map((address) => new URL(address).port) };
}

async function end(sample) {
  const ended = once(sample, "exit");
  sample.kill();
  await ended;
}

export async function run({ open, playground, done }) {
  let { sample, ports } = await start(playground, 0, 0);
  try {
    assert.equal(ports.length, 2);
    const { context, page } = await open();
    // A lost server is an error of the console, but not one of the page.
    context.removeAllListeners("console");
    await page.goto(`http://localhost:${ports[0]}/`);
    await says(page, "#api-state", "running");
    await machineToken(page, "JWT", ["read:contacts"]);
    await says(page, "#grant-result", "A token for the machine itself");
    await end(sample);
    await says(page, "#api-state", "lost");
    await says(page, "#lost", "does not answer");
    await page.getByRole("button", { name: "List contacts" }).click();
    await says(page, "#answer", "does not answer");
    done("the sample ended: lost, and said so");

    ({ sample, ports } = await start(playground, ports[0], ports[1]));
    await says(page, "#api-state", "running");
    await page.locator("#lost").waitFor({ state: "hidden" });
    await says(page, "#life-words", "no longer good");
    await machineToken(page, "JWT", ["read:contacts"]);
    await says(page, "#grant-result", "A token for the machine itself");
    holds(await call(page, "List contacts"), "200");
    done("started again: found by itself");
  } finally {
    sample.kill("SIGKILL");
  }
}
