/** The whole page: what is above, the list, the proposal, and the keys. */
import { useEffect } from "preact/hooks";
import { DecisionBar } from "./decision-bar.js";
import { ExchangeDialog } from "./exchange-dialog.js";
import { HelpDialog } from "./help-dialog.js";
import { onKey } from "./keys.js";
import { ListPane } from "./list-pane.js";
import { ProposalView } from "./proposal-view.js";
import { useSession } from "./session-context.js";
import { Licence, TopBar } from "./top-bar.js";

export function App() {
  const session = useSession();
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event, session);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [session]);
  const theme = session.preferences.theme.value;
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return (
    <div class="app" data-view={session.view.value}>
      <TopBar />
      <Licence />
      <main class="panes">
        <ListPane />
        <section class="proposal-pane" aria-label="Proposal">
          <ProposalView />
          <DecisionBar />
        </section>
      </main>
      <p class="unseen" role="status" aria-live="polite">
        {session.said.value}
      </p>
      <HelpDialog />
      <ExchangeDialog />
    </div>
  );
}
