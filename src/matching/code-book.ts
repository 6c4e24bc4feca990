/** Which operators go by which operator codes (`DEABC` in EVSE ids), as far as feed and OSM show it (D1.3, D2.2). */
import type { Agreement, OperatorBook, OperatorIdentity } from "./operator-identity.js";

/** Operators met with a code, each once; what was learned in any order says the same. */
export class CodeBook {
  private readonly known = new Map<string, Set<OperatorIdentity>>();
  private readonly operators: OperatorBook;

  constructor(operators: OperatorBook) {
    this.operators = operators;
  }

  /** These codes and this operator were met on one thing. Who names nobody teaches nothing. */
  learn(codes: readonly string[], operator: OperatorIdentity): void {
    if (operator.names.length === 0) return;
    for (const code of codes) {
      const known = this.known.get(code);
      if (known === undefined) this.known.set(code, new Set([operator]));
      else known.add(operator);
    }
  }

  /** Whether who has these codes may be this operator: `unknown` when the codes were never met with a name. */
  compare(codes: readonly string[], operator: OperatorIdentity): Agreement {
    let result: Agreement = "unknown";
    for (const code of codes) {
      for (const known of this.known.get(code) ?? []) {
        const { agreement } = this.operators.compare(known, operator);
        if (agreement === "agrees") return agreement;
        if (agreement === "differs") result = agreement;
      }
    }
    return result;
  }
}
