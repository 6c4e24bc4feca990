import { expect, test } from "vitest";
import { z } from "zod";
import { runConfigSchema } from "../../src/commands/nightly/run-config.js";
import { parseConfigText } from "../../src/runs/config-text.js";
import { itWith } from "../../src/runs/tools.test-support.js";
import { recipe, yamlDocuments } from "./recipe.js";

const MANIFEST = "kubernetes/cronjob.yaml";

const volumeMountSchema = z.object({
  name: z.string(),
  mountPath: z.string(),
  readOnly: z.boolean().optional(),
});

const podSchema = z.object({
  restartPolicy: z.string(),
  terminationGracePeriodSeconds: z.number(),
  automountServiceAccountToken: z.boolean(),
  securityContext: z.object({ runAsNonRoot: z.boolean(), runAsUser: z.number(), fsGroup: z.number() }),
  containers: z
    .array(
      z.object({
        args: z.array(z.string()),
        securityContext: z.object({
          allowPrivilegeEscalation: z.boolean(),
          readOnlyRootFilesystem: z.boolean(),
        }),
        volumeMounts: z.array(volumeMountSchema),
      }),
    )
    .length(1),
  volumes: z.array(
    z.looseObject({
      name: z.string(),
      configMap: z.object({ name: z.string() }).optional(),
      persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
    }),
  ),
});

const manifestSchema = z.tuple([
  z.object({
    apiVersion: z.literal("v1"),
    kind: z.literal("ConfigMap"),
    metadata: z.object({ name: z.string() }),
    data: z.object({ "nightly.jsonc": z.string() }),
  }),
  z.object({
    apiVersion: z.literal("v1"),
    kind: z.literal("PersistentVolumeClaim"),
    metadata: z.object({ name: z.string() }),
  }),
  z.object({
    apiVersion: z.literal("batch/v1"),
    kind: z.literal("CronJob"),
    spec: z.object({
      schedule: z.string(),
      concurrencyPolicy: z.string(),
      jobTemplate: z.object({
        spec: z.object({ backoffLimit: z.number(), template: z.object({ spec: podSchema }) }),
      }),
    }),
  }),
]);

function manifest() {
  const [config, claim, cronJob] = manifestSchema.parse(yamlDocuments(recipe(MANIFEST)));
  return { config, claim, cronJob: cronJob.spec, pod: cronJob.spec.jobTemplate.spec.template.spec };
}

const itReads = (name: string, test: () => void) => itWith("PyYAML of python3", name, test);

itReads("one run at a time, one attempt a night", () => {
  const { cronJob, pod } = manifest();
  expect(cronJob.concurrencyPolicy).toBe("Forbid");
  expect(cronJob.schedule.split(" ")).toHaveLength(5);
  expect(cronJob.jobTemplate.spec.backoffLimit).toBe(0);
  expect(pod.restartPolicy).toBe("Never");
});

itReads("its container is nobody, and writes nowhere but to its volumes", () => {
  const { pod } = manifest();
  expect(pod.securityContext).toEqual({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.containers[0]?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
  });
});

itReads("every mount has its volume, and config, output and arguments their mounts", () => {
  const { config, claim, pod } = manifest();
  const [{ args, volumeMounts } = { args: [], volumeMounts: [] }] = pod.containers;
  expect(volumeMounts.map(({ name }) => name).sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
  const folderOf = (volume: string) => volumeMounts.find(({ name }) => name === volume)?.mountPath;
  const volume = (name: string) => pod.volumes.find((one) => one.name === name);
  expect(volume("config")?.configMap?.name).toBe(config.metadata.name);
  expect(volume("results")?.persistentVolumeClaim?.claimName).toBe(claim.metadata.name);
  expect(args).toContain(`${folderOf("config")}/nightly.jsonc`);
  const { settings } = parseConfigText(config.data["nightly.jsonc"], runConfigSchema, MANIFEST, "the config");
  expect(settings.output.startsWith(`${folderOf("results")}/`)).toBe(true);
});

test("the image's user is the pod's", () => {
  const [, user] = /^USER (\d+):/m.exec(recipe("docker/Dockerfile")) ?? [];
  expect(recipe(MANIFEST)).toContain(`runAsUser: ${user}`);
});
