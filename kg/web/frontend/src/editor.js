// Makes an editor of the form on the SPARQL page. Without this file the form works as any form does.

import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./editor.css";
import { complete } from "./completion.js";
import { markProblem } from "./marks.js";
import { Asking } from "./asking.js";

const form = document.getElementById("ask");
const field = document.getElementById("query");

// Prefixes that the server declares are no error where a query leaves them out.
const prefixes = JSON.parse(form.dataset.prefixes);
Yasqe.defineMode("sparql", (options) => {
  const mode = Yasqe.getMode(options, "sparql11");
  const startState = () => {
    const state = mode.startState();
    Object.assign(state.prefixes, prefixes);
    return state;
  };
  return { ...mode, startState };
});
Yasqe.defaults.autocompleters = ["variables"]; // and no others that YASQE brings: they ask hosts outside

const editor = new Yasqe(place(), {
  value: field.value,
  mode: "sparql",
  lineWrapping: !window.matchMedia("(max-width: 46rem)").matches,
  consumeShareLink: null,
  createShareableLink: null,
  persistenceId: null,
  showQueryButton: false,
  resizeable: false,
  editorHeight: "auto",
  collapsePrefixesOnLoad: false,
  highlightSelectionMatches: false,
  screenReaderLabel: "Query",
  viewportMargin: 40,
  extraKeys: {
    Tab: false, // moves on to the next field, as on every page
    "Shift-Tab": false,
    "Ctrl-S": false,
    "Ctrl-Enter": () => form.requestSubmit(form.querySelector("button.primary")),
    "Cmd-Enter": () => form.requestSubmit(form.querySelector("button.primary")),
  },
});
field.hidden = true; // only now: where the editor fails, the form is still there
form.classList.add("lively");
editor.showNotification = () => {}; // the key is named below the editor
editor.getInputField().id = "query-editor";
document.querySelector('label[for="query"]').htmlFor = "query-editor";

complete(editor, form.dataset.terms, prefixes);

const examples = document.querySelector(".examples");
const asking = new Asking(form, document.getElementById("outcome"), () => markProblem(editor));
form.addEventListener("submit", (event) => {
  field.value = editor.getValue();
  if (asking.begin(event) && examples) examples.open = false;
});
examples?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-example]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  editor.setValue(new URL(link.href).searchParams.get("query"));
  form.requestSubmit(form.querySelector("button.primary"));
});
markProblem(editor);

function place() {
  const parent = document.createElement("div");
  parent.className = "editor";
  field.before(parent);
  return parent;
}
