// @ts-check
// Small steps on the page's tree. Text is only ever set as text, never as markup.

/**
 * The element of this id, which the page has.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} [type]
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!found || (type && !(found instanceof type))) {
    throw new Error(`the page has no ${id}`);
  }
  return /** @type {T} */ (found);
}

/**
 * A new element. `class`, `for` and the like are attributes; `true` is an attribute without a value, `false` none.
 * @param {string} tag
 * @param {Record<string, string | boolean>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

/**
 * A button that does something; it is off until that is done.
 * @param {string} words
 * @param {string} look class names
 * @param {() => unknown} action
 */
export function button(words, look, action) {
  const made = element("button", { type: "button", class: look }, words);
  made.addEventListener("click", () => busy(/** @type {HTMLButtonElement} */ (made), action));
  return made;
}

/**
 * Runs an action with the button off, and on again whatever comes of it.
 * @param {HTMLButtonElement} pressed
 * @param {() => unknown} action
 */
export async function busy(pressed, action) {
  if (pressed.getAttribute("aria-busy") === "true") {
    return;
  }
  // Not `disabled`: the keyboard would lose its place.
  pressed.setAttribute("aria-busy", "true");
  try {
    await action();
  } finally {
    pressed.removeAttribute("aria-busy");
  }
}

/**
 * What a form does when it is sent, once at a time.
 * @param {HTMLFormElement} form
 * @param {() => unknown} action
 */
export function onSubmit(form, action) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = form.querySelector("button[type=submit]");
    if (pressed instanceof HTMLButtonElement) {
      void busy(pressed, action);
    }
  });
}

/**
 * Shows an error where it belongs, or takes it away with an empty text. Fields that name it as their description are
 * marked as wrong.
 * @param {string} id of the place for the error
 * @param {string} words
 */
export function showError(id, words) {
  byId(id).textContent = words;
  for (const field of document.querySelectorAll(`[aria-describedby="${id}"]`)) {
    if (words) {
      field.setAttribute("aria-invalid", "true");
    } else {
      field.removeAttribute("aria-invalid");
    }
  }
}

/**
 * Names and values as a list of pairs.
 * @param {[string, string | Node][]} pairs
 * @param {string} [look]
 */
export function pairs(pairs, look = "pairs") {
  const list = element("dl", { class: look });
  for (const [name, value] of pairs) {
    list.append(element("dt", {}, name), element("dd", {}, value));
  }
  return list;
}

/**
 * A text of which the middle is left out where it is a secret or very long.
 * @param {string} text
 */
export function shortened(text) {
  return text.length > 36 ? `${text.slice(0, 14)}…${text.slice(-6)}` : text;
}

/**
 * Copies, and says so on the button for a moment.
 * @param {HTMLElement} pressed
 * @param {string} text
 */
export async function copy(pressed, text) {
  const words = pressed.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = "Copied";
  } catch {
    pressed.textContent = "The browser does not let this page copy";
  }
  setTimeout(() => (pressed.textContent = words), 1500);
}

/**
 * The time of day.
 * @param {string | number} when ISO 8601, or milliseconds since 1970
 */
export const clock = (when) => new Date(when).toLocaleTimeString("en-GB");
