/* Small helps for those whose browser runs scripts. Every page works without them. */

// After a form came back with errors, the reader starts at the summary.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// What is wrong is said by the page, in the page's language and at its field; the browser speaks only where it would
// send nothing of what was typed (half a date). Enter presses the first button, so it comes this way too.
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("button")?.form;
  if (form) form.noValidate = ![...form.elements].some((field) => field.validity?.badInput);
}, true);

// Light or dark at once, without loading the page anew; the server remembers it by the same cookie.
const themes = document.querySelector("[data-theme-switch]");
themes?.addEventListener("submit", async (event) => {
  const chosen = event.submitter?.value ?? "";
  event.preventDefault();
  const body = new FormData(themes);
  body.set("theme", chosen);
  const answer = await fetch(themes.action, { method: "POST", body, redirect: "manual" });
  if (answer.type !== "opaqueredirect") return themes.submit();
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  for (const button of themes.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
});

// A form with data-autosave="address" sends itself there a moment after the last change, so that nothing typed is lost.
// The address takes the same fields and answers with no body, or with the new version to send the next time.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const state = form.querySelector("[data-draft-state]");
  let timer;
  const save = async () => {
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
      const version = answer.headers.get("X-Draft-Version");
      const held = form.elements.namedItem("version");
      if (version && held) held.value = version;
      if (state) state.textContent = answer.ok ? state.dataset.saved : state.dataset.failed;
    } catch {
      if (state) state.textContent = state.dataset.failed;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2500);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

// A passkey that was not given (the reader closed the window, the device knows none): say so where the reader looks.
document.addEventListener("allauth.error", (event) => {
  const failed = document.querySelector("template[data-passkey-failed]");
  if (!failed) return;
  event.preventDefault();
  document.querySelector("#main [data-passkey-said]")?.remove();
  document.getElementById("main").prepend(failed.content.cloneNode(true));
  document.querySelector("#main [data-passkey-said]").focus();
});
