// What the editor proposes while one types: the classes, properties and prefixes of the data that are served here.

import Yasqe from "@zazuko/yasqe";

const MOST = 60;
const CLASS_COMES = new Set(["a", "rdf:type", "rdfs:subClassOf", "rdfs:domain", "rdfs:range"]);

/** Have `editor` propose the terms that `address` tells, and `prefixes`. Where it cannot be reached, nothing is proposed. */
export function complete(editor, address, prefixes) {
  const known = fetch(address, { headers: { Accept: "application/json" } })
    .then((response) => (response.ok ? response.json() : { terms: [] }))
    .catch(() => ({ terms: [] }));
  Yasqe.registerAutocompleter(
    {
      name: "terms",
      bulk: false,
      autoShow: false,
      isValidCompletionPosition: () => Boolean(sought(editor)),
      get: async () => found(editor, sought(editor), (await known).terms, prefixes).map((term) => term.text),
      postprocessHints: (_, hints) => dressed(hints),
    },
    false,
  );
  editor.enableCompleter("terms");
  editor.on("inputRead", (_, change) => {
    if (change.origin === "+input" && /[\w:]$/.test(change.text.at(-1)) && !editor.state.completionActive) {
      editor.autocomplete();
    }
  });
}

const described = new Map();

/** What is being written at the cursor: the text, and what can stand there. Null where no term can. */
function sought(editor) {
  const cursor = editor.getCursor();
  const token = editor.getCompleteToken();
  if (["comment", "string"].includes(editor.getTokenAt(cursor).type)) return null;
  const text = token.string.trim();
  if (!/^([\p{L}_][\p{L}\p{N}_-]*)?(:[\p{L}\p{N}_-]*)?$/u.test(text)) return null;
  const before = editor.getPreviousNonWsToken(cursor.line, token);
  if (before?.string.toUpperCase() === "PREFIX") return { text, kind: "prefix" };
  const inPattern = editor.getRange({ line: 0, ch: 0 }, cursor).includes("{");
  if (!inPattern) return null;
  if (CLASS_COMES.has(before?.state.lastProperty) && before.string !== ".") return { text, kind: "class" };
  return { text, kind: token.state.possibleCurrent.includes("a") ? "property" : "" };
}

function found(editor, asked, terms, prefixes) {
  described.clear();
  if (!asked) return [];
  const start = asked.text.toLowerCase();
  if (asked.kind === "prefix") {
    return Object.entries(prefixes)
      .map(([prefix, iri]) => ({ text: `${prefix}: <${iri}>` }))
      .filter(({ text }) => text.startsWith(start));
  }
  const own = editor.getPrefixesFromQuery();
  const ranked = [];
  for (const term of terms) {
    if (asked.kind && term.kind !== asked.kind) continue;
    const rank = rankOf(term, start);
    if (rank === null) continue;
    const [prefix] = term.name.split(":");
    const hidden = prefix in own && own[prefix] !== prefixes[prefix];
    const text = hidden || !term.name ? `<${term.iri}>` : term.name;
    described.set(text, term);
    ranked.push({ text, rank });
  }
  ranked.sort((one, other) => one.rank - other.rank || one.text.localeCompare(other.text));
  if (ranked.length === 1 && ranked[0].text === asked.text) return []; // it is written already
  return ranked.slice(0, MOST);
}

/** How well a term fits what is written: 0 best, null not at all. Our own words go before those of others. */
function rankOf(term, start) {
  const name = term.name.toLowerCase();
  const local = name.slice(name.indexOf(":") + 1);
  const foreign = name.startsWith("acc:") ? 0 : 0.5;
  if (!start || name.startsWith(start)) return foreign;
  if (start.includes(":")) {
    const [prefix, rest] = start.split(":");
    return name.startsWith(`${prefix}:`) && rest && local.includes(rest) ? 2 + foreign : null;
  }
  if (local.startsWith(start)) return 1 + foreign;
  if (term.label.toLowerCase().includes(start)) return 3 + foreign;
  return local.includes(start) ? 3 + foreign : null;
}

function dressed(hints) {
  for (const hint of hints) {
    const term = described.get(hint.text);
    if (!term) continue;
    hint.render = (element) => {
      const name = document.createElement("span");
      name.className = "hint-name";
      name.textContent = hint.text;
      const about = document.createElement("span");
      about.className = "hint-about";
      about.textContent = term.comment || term.label;
      element.append(name, about);
    };
  }
  return hints;
}
