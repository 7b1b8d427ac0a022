// @ts-check
// The redirect address of the client: hands the answer of the authorization server to the page that opened this window.
// It goes to a page of our own origin only; that page checks `state`, and closes this window.

const answer = location.search;
// The code leaves the address, and so the history, at once.
history.replaceState(null, "", location.pathname);

const words = document.getElementById("words");
const playground = /** @type {Window | null} */ (window.opener);
if (playground) {
  playground.postMessage({ kind: "authorization-response", answer }, location.origin);
}
if (words) {
  words.textContent = playground
    ? "Done. This window can be closed."
    : "No playground waits for this answer. Start again from there.";
}
