/** Every key, from the table that the page itself goes by; and what decisions do. */
import { Modal } from "./modal.js";
import { useSession } from "./session-context.js";
import { COMMANDS, keyWords } from "./shortcuts.js";

export function HelpDialog() {
  const { dialog } = useSession();
  return (
    <Modal title="Keys" isOpen={dialog.value === "help"} onClose={() => (dialog.value = undefined)}>
      <dl class="keys">
        {Object.entries(COMMANDS).map(([name, { keys, words }]) => (
          <div key={name}>
            <dt>
              {keys.length > 2 ? (
                <>
                  <kbd>{keys[0]}</kbd> to <kbd>{keys.at(-1)}</kbd>
                </>
              ) : (
                keys.map((key) => <kbd key={key}>{keyWords(key)}</kbd>)
              )}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <h3>What decisions do</h3>
      <p>
        Accepted proposals are what <code>ocpi2osm apply</code> writes. What is rejected does not come back
        until the feed changes it. What is deferred stays a question, out of the files for editors. A decision
        about a tag goes before one about the whole proposal. Export the decisions and hand them to the next
        run: <code>--decisions decisions.ndjson</code>.
      </p>
    </Modal>
  );
}
