// Shows the OpenAPI document: what each operation requires stands beside it, and a pasted token goes along when one is tried.

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const token = document.getElementById("token");

document.getElementById("token-form").addEventListener("submit", (event) => event.preventDefault());

/** The scopes of an operation in words: one alternative for each security requirement. */
function requirement(operation, document) {
  const security = operation.security ?? document.security ?? [];
  if (security.length === 0) {
    return "no token";
  }
  return security
    .map((alternative) => Object.values(alternative).flat().join(" and ") || "any token")
    .join(" or ");
}

function annotate(document) {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS.filter((name) => name in path)) {
      const operation = path[method];
      const needs = requirement(operation, document);
      operation.summary = `${operation.summary ?? ""} — needs ${needs}`;
    }
  }
  return document;
}

async function show() {
  const answer = await fetch("/openapi/contacts");
  if (!answer.ok) {
    throw new Error(`The document could not be read: ${answer.status}`);
  }
  window.SwaggerUIBundle({
    spec: annotate(await answer.json()),
    domNode: document.getElementById("operations"),
    // The token above serves all operations.
    plugins: [{ wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null } }],
    requestInterceptor: (request) => {
      // Never to another origin.
      if (token.value.trim() !== "" && new URL(request.url, location.href).origin === location.origin) {
        request.headers.Authorization = `Bearer ${token.value.trim()}`;
      }
      return request;
    },
    supportedSubmitMethods: ["get", "post", "delete"],
    validatorUrl: "none",
  });
}

show().catch((error) => {
  const failure = document.getElementById("failure");
  failure.textContent = error.message;
  failure.hidden = false;
});
