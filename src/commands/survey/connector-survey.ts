/** A feed's connectors: their plugs, and whether their power can be true. */
import type { Connector } from "../../ocpi/location.js";
import { statedPower } from "../../ocpi/power.js";
import { outputKilowatts } from "../../tagging/output.js";
import { type Socket, currentOf, socketOf } from "../../tagging/socket-of-connector.js";
import { BoundedTally, TextTally, shortened } from "../conversion/bounded-tally.js";
import type { Survey } from "./survey.js";

type Distribution = Survey["power"]["ac"];

const MOST_STANDARDS = 100;
const MOST_VALUES = 30;

export class ConnectorSurvey {
  #total = 0;
  readonly #standards = new BoundedTally<{
    standard: string | null;
    socket: string | null;
    note: string | null;
  }>();
  readonly #formats = new TextTally();
  readonly #powerTypes = new TextTally();
  readonly #counts = { stated: 0, stated_in_kilowatts: 0, computed: 0, missing: 0, implausible: 0 };
  /** Connectors by kW. Rounding (T4.6) and ceilings (T4.5) leave a few hundred thousand values at the very most. */
  readonly #byPower = { ac: new Map<number, number>(), dc: new Map<number, number>() };

  /** `country` (ISO alpha-2) decides what some standards mean. */
  add(connector: Connector, country: string | undefined): void {
    this.#total++;
    this.#formats.add(connector.format);
    this.#powerTypes.add(connector.power_type);
    const { socket, note } = socketOf(connector, country);
    const { standard } = connector;
    this.#standards.add(`${standard ?? ""}/${socket?.key ?? ""}/${note ?? ""}`, () => ({
      standard: standard === undefined ? null : shortened(standard),
      socket: socket?.key ?? null,
      note: note ?? null,
    }));
    this.#addPower(connector, socket);
  }

  #addPower(connector: Connector, socket: Socket | undefined): void {
    const power = statedPower(connector);
    const counts = this.#counts;
    if (power === undefined) {
      counts.missing++;
      return;
    }
    const isStated = (connector.max_electric_power ?? 0) > 0;
    if (power.inKilowatts) counts.stated_in_kilowatts++;
    else if (isStated) counts.stated++;
    else counts.computed++;
    if (socket === undefined) return;
    const output = outputKilowatts(power, socket, connector);
    if (output === "implausible") {
      counts.implausible++;
      return;
    }
    const byPower = this.#byPower[isAc(socket, connector) ? "ac" : "dc"];
    byPower.set(output, (byPower.get(output) ?? 0) + 1);
  }

  results(): Pick<Survey, "connectors" | "power"> {
    return {
      connectors: {
        total: this.#total,
        standards: this.#standards.top(MOST_STANDARDS),
        formats: this.#formats.top(MOST_VALUES),
        power_types: this.#powerTypes.top(MOST_VALUES),
      },
      power: {
        ...this.#counts,
        ac: distribution(this.#byPower.ac),
        dc: distribution(this.#byPower.dc),
      },
    };
  }
}

/** T4.3. */
function isAc({ kind }: Socket, connector: Connector): boolean {
  return kind === "AC" || kind === "household" || (kind === "AC or DC" && currentOf(connector) === "AC");
}

function distribution(byPower: ReadonlyMap<number, number>): Distribution {
  const powers = [...byPower].sort(([a], [b]) => a - b);
  const connectors = powers.reduce((sum, [, times]) => sum + times, 0);
  let before = 0;
  const median = powers.find(([, times]) => (before += times) * 2 >= connectors);
  return {
    connectors,
    min: powers[0]?.[0] ?? null,
    median: median?.[0] ?? null,
    max: powers.at(-1)?.[0] ?? null,
  };
}
