// Asks without leaving the page: shows how long it takes, lets one stop it, and puts the answer below the editor.
// The server makes the same page as for a form without scripts; only its part #outcome is taken from it.

const LONGEST_ADDRESS = 6000; // characters; longer queries are posted and have no address to share

export class Asking {
  constructor(form, outcome, arrived) {
    this.form = form;
    this.outcome = outcome;
    this.arrived = arrived;
    this.status = form.querySelector(".running");
    this.clock = form.querySelector(".clock"); // beside the status, which would be read out at every tick
    this.stop = form.querySelector(".stop");
    this.stop.addEventListener("click", () => this.waiting?.abort());
    this.shown = here();
    window.addEventListener("popstate", () => {
      if (here() !== this.shown) window.location.reload(); // a mere #place in the page is no other query
    });
  }

  /** Takes over the submission of the form, unless the answer is a file; says whether it did. */
  begin(event) {
    const sent = new FormData(this.form, event.submitter);
    if (!sent.get("explain") && sent.get("format") !== "html") return false;
    event.preventDefault();
    sent.set("format", "html");
    this.ask(new URLSearchParams(sent));
    return true;
  }

  async ask(parameters) {
    this.waiting?.abort();
    const waiting = (this.waiting = new AbortController());
    const began = performance.now();
    const clock = setInterval(() => {
      this.clock.textContent = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    }, 100);
    this.status.textContent = "Asking …";
    this.show(true);
    try {
      const found = await this.outcomeOf(parameters, waiting.signal);
      this.outcome.replaceChildren(...found);
      this.status.textContent = "Answered.";
    } catch (error) {
      if (this.waiting !== waiting) return;
      const stopped = error.name === "AbortError";
      this.status.textContent = stopped ? "Stopped." : ""; // the server stops a query whose asker is gone
      if (!stopped) this.outcome.replaceChildren(unreachable());
    } finally {
      clearInterval(clock);
      this.clock.textContent = "";
      if (this.waiting === waiting) this.show(false);
    }
    this.arrived();
  }

  async outcomeOf(parameters, signal) {
    const address = new URL(this.form.action);
    const full = `${address.pathname}?${parameters}`;
    const posted = full.length > LONGEST_ADDRESS;
    const response = await fetch(posted ? address : full, {
      signal,
      headers: { Accept: "text/html" },
      ...(posted ? { method: "POST", body: parameters } : {}),
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.getElementById("outcome") ?? page.querySelector("main");
    if (!found) throw new Error("not a page");
    this.shown = posted ? address.pathname : full;
    if (this.shown !== here()) history.pushState(null, "", this.shown);
    return found.childNodes;
  }

  show(busy) {
    this.stop.hidden = !busy;
    this.outcome.setAttribute("aria-busy", String(busy));
    this.form.classList.toggle("busy", busy);
  }
}

function here() {
  return location.pathname + location.search;
}

function unreachable() {
  const problem = document.createElement("div");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = "The server did not answer. Check the connection, then ask again.";
  return problem;
}
