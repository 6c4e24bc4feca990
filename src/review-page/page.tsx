/** Where the review page starts: reads the data in it, then shows them. */
import { render } from "preact";
import { App } from "./app.js";
import { EmbeddedProposals, embeddedAbout, embeddedIndex } from "./embedded-data.js";
import { KeptDecisions } from "./kept-decisions.js";
import { Preferences, browserStorage } from "./preferences.js";
import { ProposalTable } from "./proposal-table.js";
import { Session } from "./session.js";
import { SessionContext } from "./session-context.js";
import "./theme.css";
import "./layout.css";
import "./list.css";
import "./proposal.css";
import "./tags.css";
import "./evidence.css";
import "./decision.css";

async function start(root: Element): Promise<void> {
  const about = embeddedAbout(document);
  const table = new ProposalTable(await embeddedIndex(document));
  const storage = browserStorage();
  const session = new Session({
    about,
    table,
    proposals: new EmbeddedProposals(document),
    preferences: new Preferences(storage),
    kept: storage && new KeptDecisions(storage, about.source),
  });
  window.addEventListener("storage", ({ key, newValue }) => session.decided.takeOver(key, newValue));
  document.title = `Review: ${about.source}`;
  session.select(session.decided.firstOpen());
  root.replaceChildren();
  render(
    <SessionContext.Provider value={session}>
      <App />
    </SessionContext.Provider>,
    root,
  );
}

const root = document.querySelector("#page");
if (root !== null) {
  start(root).catch((error: unknown) => {
    root.setAttribute("role", "alert");
    root.className = "broken";
    root.textContent = error instanceof Error ? error.message : String(error);
  });
}
