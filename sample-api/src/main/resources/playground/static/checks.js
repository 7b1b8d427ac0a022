// @ts-check
// Why the API would take a token or not: each check of the filter, in its order, with what it expects and what it finds.

import { element } from "./dom.js";
import { complaint, postJson } from "./http.js";

/** @type {Record<string, string>} */
const WORDS = { passed: "✓ passed", failed: "✗ failed", "not-reached": "not reached" };

/**
 * What the filter would say of a request to list the contacts with this token.
 * @param {import("./tokens.js").Token} token
 * @returns {Promise<Node[]>}
 */
export async function checks(token) {
  const answer = await postJson("/playground/explanations", { token: token.value });
  if (answer.lost || answer.status !== 200 || !Array.isArray(answer.json?.checks)) {
    return [element("p", { class: "notice bad" }, complaint(answer))];
  }
  const { rule, outcome, reason } = answer.json;
  const rows = answer.json.checks.map((/** @type {any} */ check) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, element("code", {}, String(check.name))),
      element("td", {}, String(check.expected)),
      element("td", {}, element("code", {}, String(check.actual))),
      element("td", { class: `check-outcome ${check.outcome}` }, WORDS[check.outcome] ?? String(check.outcome)),
    ),
  );
  const head = ["Check", "Expects", "Finds", "Outcome"].map((words) => element("th", { scope: "col" }, words));
  return [
    element(
      "h3",
      {},
      `${rule}: ${[outcome, reason].filter(Boolean).join(", ")} `,
      element("small", {}, "check by check, in their order"),
    ),
    element(
      "table",
      { class: "checks" },
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows),
    ),
  ];
}
