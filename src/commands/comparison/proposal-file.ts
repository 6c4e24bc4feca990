/** proposals.ndjson read line by line, however long it is. */
import type { Proposal } from "../../merging/proposal.js";
import { ProposalLineError, parseProposalLine } from "../../proposals/proposal-line.js";
import { UnreadableInputError } from "../../runs/exit-codes.js";
import type { Input } from "../../runs/inputs.js";

/**
 * Its proposals in their order, one after the other.
 *
 * @throws {UnreadableInputError} naming the line that is no proposal, or no UTF-8.
 */
export async function* proposalsIn(input: Input): AsyncGenerator<Proposal> {
  let number = 0;
  try {
    for await (const line of linesOf(input)) {
      number += 1;
      if (line !== "") yield parseProposalLine(line, input.name, number);
    }
  } catch (error) {
    if (error instanceof ProposalLineError)
      throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
    if (error instanceof TypeError)
      throw new UnreadableInputError(`${input.name}, line ${number + 1}: not UTF-8; write it again`, {
        cause: error,
      });
    throw error;
  }
}

async function* linesOf(input: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of input.open()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  const last = rest + decoder.decode();
  if (last !== "") yield last;
}
