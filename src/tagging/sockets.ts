/** `socket:KEY` and `socket:KEY:output`: rules T3.1 and T3.4. */
import type { TaggingEvse } from "../ocpi/location.js";
import { statedPower } from "../ocpi/power.js";
import type { NoteCollector } from "./note-collector.js";
import { outputKilowatts } from "./output.js";
import { type Socket, socketOf } from "./socket-of-connector.js";
import type { Tag } from "./tagged-point.js";

/** An EVSE with its place in `Location.evses`, so that notes can point at it. */
export interface PlacedEvse {
  readonly evse: TaggingEvse;
  readonly index: number;
}

interface Tally {
  readonly socket: Socket;
  /** EVSEs that offer the key: vehicles that can use it at once (T3.1). */
  evses: number;
  lastEvse: number;
  /** Distinct powers in kW. */
  readonly outputs: number[];
}

/** Appends the socket tags of these EVSEs. `country` is ISO alpha-2, for the standards that depend on it. */
export function socketTags(
  evses: readonly PlacedEvse[],
  country: string | undefined,
  tags: Tag[],
  notes: NoteCollector,
): void {
  const tallies: Tally[] = [];
  for (const { evse, index } of evses) {
    for (let c = 0; c < evse.connectors.length; c++) {
      const connector = evse.connectors[c];
      if (connector === undefined) continue;
      const place = `/evses/${index}/connectors/${c}`;
      const { socket, note } = socketOf(connector, country);
      const power = statedPower(connector);
      if (note !== undefined) {
        notes.add(note, `${place}/standard`, connector.standard ?? "no standard");
      }
      if (power?.inKilowatts === true) {
        notes.add("power-in-kw", `${place}/${power.field}`, `${connector.max_electric_power}`);
      }
      if (socket === undefined) continue;
      const tally = tallyOf(tallies, socket);
      if (tally.lastEvse !== index) {
        tally.evses++;
        tally.lastEvse = index;
      }
      if (power === undefined) continue;
      const output = outputKilowatts(power, socket, connector);
      if (output === "implausible") {
        const detail = `${Number(power.kilowatts.toFixed(2))} kW at ${socket.key}`;
        notes.add("power-implausible", `${place}/${power.field}`, detail);
      } else if (output > 0 && !tally.outputs.includes(output)) {
        tally.outputs.push(output);
      }
    }
  }
  for (const { socket, evses: count, outputs } of tallies) {
    tags.push({ key: socket.countTag, value: `${count}`, rule: "T3.1" });
    if (outputs.length > 0) tags.push({ key: socket.outputTag, value: outputText(outputs), rule: "T3.4" });
  }
}

function tallyOf(tallies: Tally[], socket: Socket): Tally {
  for (const tally of tallies) if (tally.socket === socket) return tally;
  const tally: Tally = { socket, evses: 0, lastEvse: -1, outputs: [] };
  tallies.push(tally);
  return tally;
}

function outputText(outputs: number[]): string {
  if (outputs.length === 1) return `${outputs[0]} kW`;
  return outputs
    .toSorted((a, b) => b - a)
    .map((kilowatts) => `${kilowatts} kW`)
    .join(";");
}
