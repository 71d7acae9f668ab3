/* /api/: sends what a form says and shows the answer below it. Without this, the forms that read work as links. */
"use strict";

const token = document.querySelector('meta[name="csrf-token"]')?.content;

function addressOf(form) {
  const left = new URLSearchParams();
  let path = form.dataset.path;
  for (const field of form.querySelectorAll("[name]")) {
    if ("variable" in field.dataset) path = path.replace(`{${field.name}}`, encodeURIComponent(field.value.trim()));
    else if (field.value.trim()) left.set(field.name, field.value.trim());
  }
  const query = left.toString();
  return query ? `${path}?${query}` : path;
}

async function send(form) {
  const status = form.querySelector("[data-status]");
  const shown = form.querySelector("[data-answer]");
  const body = form.querySelector("[data-body]")?.value;
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token && form.dataset.method !== "GET") headers["X-CSRFToken"] = token;
  status.textContent = "…";
  try {
    const answer = await fetch(addressOf(form), { method: form.dataset.method, headers, body });
    const text = await answer.text();
    let told = text;
    try { told = JSON.stringify(JSON.parse(text), null, 2); } catch { /* shown as it is */ }
    status.textContent = `${answer.status} ${answer.statusText}`;
    shown.textContent = told;
    shown.hidden = !told;
  } catch {
    status.textContent = "The server cannot be reached.";
  }
}

for (const form of document.querySelectorAll("form[data-path]")) {
  form.querySelector("button").disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
if (location.hash) document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
