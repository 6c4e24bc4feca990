/** A Slurm of one node: a key, munged, slurmctld and slurmd of its own, in a folder of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface Slurm {
  /** What its commands (sbatch, sinfo) must find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What the daemons have said, for a failure's message. */
  logs(): string;
  stop(): Promise<void>;
}

const READY_SECONDS = 30;

/** Starts it; it takes some seconds. @throws {Error} with what the daemons said, when the node does not come up. */
export async function startSlurm(cpus: number): Promise<Slurm> {
  // Not below a folder that is for its owner only: munged refuses such a place.
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-slurm-"));
  chmodSync(folder, 0o755);
  const daemons: ChildProcess[] = [];
  const conf = join(folder, "slurm.conf");
  const socket = join(folder, "run", "munge.socket");
  const env = { SLURM_CONF: conf };
  const logs = (): string =>
    readdirSync(join(folder, "log"))
      .map((file) => `${file}:\n${readFileSync(join(folder, "log", file), "utf8").slice(-2000)}`)
      .join("\n");
  const stop = async (): Promise<void> => {
    for (const daemon of daemons.toReversed()) await ended(daemon);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const start = (command: string, args: readonly string[]): void => {
    const log = join(folder, "log", `${command}.log`);
    // `exec`, so that what is stopped at the end is the daemon itself.
    const line = `exec ${command} ${args.join(" ")} > ${log} 2>&1`;
    const daemon = spawn("sh", ["-c", line], {
      stdio: "ignore",
      env: { ...process.env, ...env, PATH: SBIN },
    });
    daemons.push(daemon);
  };
  try {
    for (const name of ["run", "log", "state", "spool"]) mkdirSync(join(folder, name), { mode: 0o755 });
    writeFileSync(join(folder, "munge.key"), randomBytes(128), { mode: 0o400 });
    const [controller, node] = await freePorts();
    writeFileSync(conf, configuration(folder, socket, { cpus, controller, node }));
    const key = `--key-file=${join(folder, "munge.key")}`;
    const places = ["pid-file", "log-file", "seed-file"].map(
      (what) => `--${what}=${join(folder, "run", what)}`,
    );
    start("munged", ["--foreground", key, `--socket=${socket}`, ...places]);
    await until(() => spawnSync("munge", ["-n", "-S", socket]).status === 0, logs);
    start("slurmctld", ["-D", "-f", conf]);
    start("slurmd", ["-D", "-f", conf]);
    await until(() => {
      const { stdout } = spawnSync("sinfo", ["-h", "-o", "%T"], {
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      return stdout.trim() === "idle";
    }, logs);
    return { env, logs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const SBIN = `${process.env["PATH"]}:/usr/sbin:/sbin`;

interface Node {
  readonly cpus: number;
  readonly controller: number | undefined;
  readonly node: number | undefined;
}

function configuration(folder: string, socket: string, { cpus, controller, node }: Node): string {
  const [host = "localhost"] = hostname().split(".");
  const { username } = userInfo();
  return `ClusterName=ocpi2osm
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
SlurmUser=${username}
SlurmdUser=${username}
AuthType=auth/munge
AuthInfo=socket=${socket}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/run/slurmctld.pid
SlurmdPidFile=${folder}/run/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
MailProg=/bin/true
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

/** Two ports that nobody listens on, looked up at once so that they differ. */
async function freePorts(): Promise<number[]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    ports.push(address.port);
  }
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

async function until(ready: () => boolean, logs: () => string): Promise<void> {
  for (let waited = 0; waited < READY_SECONDS * 4; waited++) {
    if (ready()) return;
    await wait(250);
  }
  throw new Error(`Slurm did not come up within ${READY_SECONDS} s\n${logs()}`);
}

/** Asked to end, and made to after a while. */
async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const gone = new Promise<void>((exited) => daemon.once("exit", () => exited()));
  daemon.kill("SIGTERM");
  const late = setTimeout(() => daemon.kill("SIGKILL"), 5000);
  await gone;
  clearTimeout(late);
}
