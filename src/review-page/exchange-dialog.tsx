/** Decisions out of the page and into it, and what reviewers disagree about. */
import { useState } from "preact/hooks";
import { decisionLines, readDecisionLines } from "./decision-lines.js";
import { type Conflict, conflictsAmong } from "./merge-decisions.js";
import { Modal } from "./modal.js";
import { saveFile } from "./outside.js";
import type { Session } from "./session.js";
import { useSession } from "./session-context.js";
import { counted } from "./words.js";

/** Conflicts shown at once. */
const MOST_CONFLICTS = 50;

export function ExchangeDialog() {
  const { dialog } = useSession();
  const isOpen = dialog.value === "exchange";
  return (
    <Modal title="Decisions" isOpen={isOpen} onClose={() => (dialog.value = undefined)}>
      <Exchange />
    </Modal>
  );
}

function Exchange() {
  const session = useSession();
  const [report, setReport] = useState<readonly string[]>([]);
  const decisions = session.decided.all();
  const conflicts = conflictsAmong(decisions);
  return (
    <>
      <p>
        {counted(decisions.length, "decision")} on <bdi>{session.about.source}</bdi>, kept in this browser
        {session.decided.unkept.value !== undefined && " only until the page is closed"}.
      </p>
      {session.who === "" && (
        <p class="hint">Without a name under Reviewer nobody can tell later who decided.</p>
      )}
      <p class="exchange">
        <button
          type="button"
          class="main"
          disabled={decisions.length === 0}
          onClick={() => saveFile("decisions.ndjson", decisionLines(decisions))}
        >
          Export decisions.ndjson
        </button>
        <label class="file">
          Import decisions.ndjson
          <input
            type="file"
            accept=".ndjson,.jsonl,.json,.txt"
            multiple
            onChange={({ currentTarget }) => {
              void importFiles(session, [...(currentTarget.files ?? [])]).then(setReport);
              currentTarget.value = "";
            }}
          />
        </label>
      </p>
      {report.length > 0 && (
        <ul class="report" role="status">
          {report.map((words, index) => (
            <li key={index}>
              <bdi>{words}</bdi>
            </li>
          ))}
        </ul>
      )}
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
      <p class="hint">
        The file is made for git: one decision a line, sorted. Hand it to the next run with{" "}
        <code>ocpi2osm diff … --decisions decisions.ndjson</code>, or to <code>ocpi2osm apply</code>.
      </p>
    </>
  );
}

function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const session = useSession();
  return (
    <section class="conflicts">
      <h3>{counted(conflicts.length, "thing")} decided differently; the later decision holds</h3>
      <ul>
        {conflicts.slice(0, MOST_CONFLICTS).map(({ proposal, key, osm, decisions }) => {
          const row = session.table.rowOf(proposal);
          return (
            <li key={`${proposal} ${key ?? ""} ${osm ?? ""}`}>
              <button
                type="button"
                class="plain"
                disabled={row === undefined}
                onClick={() => {
                  session.select(row ?? 0);
                  session.dialog.value = undefined;
                  session.view.value = "proposal";
                }}
              >
                <bdi>{[proposal, key, osm].filter(Boolean).join(" · ")}</bdi>
              </button>
              {decisions.map(({ who, decision, when, note }) => (
                <div key={who ?? ""}>
                  <bdi>{who ?? "no name"}</bdi>: <b>{decision}</b> {when}
                  {note !== undefined && (
                    <>
                      {" "}
                      <q>
                        <bdi>{note}</bdi>
                      </q>
                    </>
                  )}
                </div>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Reads the files one after the other; what is said of each. */
async function importFiles(session: Session, files: readonly File[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const file of files) {
    const { decisions, bad } = readDecisionLines(await file.text());
    if (decisions.length > 0) said.push(`${file.name}: ${session.decided.import(decisions)}`);
    else if (bad.length === 0) said.push(`${file.name}: is empty`);
    const [first] = bad;
    if (first !== undefined) {
      said.push(
        `${file.name}: ${counted(bad.length, "line")} left out; line ${first.line}: ${first.problem}`,
      );
    }
  }
  return said;
}
