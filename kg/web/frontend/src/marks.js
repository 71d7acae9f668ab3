// The place of an error, shown in the editor: its line is tinted, a caret points at the character.

/** Show where the problem on the page stands; forget the one before. Without a problem that has a place: only forget. */
export function markProblem(editor) {
  editor.forgetProblem?.();
  const problem = document.querySelector("#outcome .problem[data-line]");
  editor.getInputField().setAttribute("aria-invalid", String(Boolean(problem)));
  if (!problem) return;
  const line = Number(problem.dataset.line) - 1;
  const text = editor.getLine(line);
  if (text === undefined) return;
  // The server counts characters, the editor UTF-16 units.
  const ch = [...text].slice(0, Number(problem.dataset.column || 1) - 1).join("").length;
  const marks = [];
  const length = [...text.slice(ch)][0]?.length ?? 0;
  if (length) marks.push(editor.markText({ line, ch }, { line, ch: ch + length }, { className: "wrong-here" }));
  editor.addLineClass(line, "background", "wrong-line");
  const caret = document.createElement("div");
  caret.className = "wrong-caret";
  caret.textContent = "^";
  caret.setAttribute("aria-hidden", "true"); // the message above says it in words
  const widget = editor.addLineWidget(line, caret);
  const point = () => {
    caret.style.paddingLeft = `${Math.max(0, editor.charCoords({ line, ch }, "local").left)}px`;
  };
  point();
  editor.on("refresh", point);
  editor.scrollIntoView({ line, ch }, 60);
  editor.setCursor({ line, ch });
  editor.forgetProblem = () => {
    editor.forgetProblem = null;
    editor.off("refresh", point);
    editor.off("change", editor.forgetThis);
    marks.forEach((mark) => mark.clear());
    editor.removeLineClass(widget.line, "background", "wrong-line");
    widget.clear();
  };
  editor.forgetThis = () => editor.forgetProblem?.();
  editor.on("change", editor.forgetThis);
}
