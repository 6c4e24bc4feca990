/** A thread that converts batches. */
import { serveJobs } from "../../runs/worker-pool.js";
import { buffersOf } from "../../sources/batch.js";
import { BatchConverter, type BatchJob, type BatchResult, type ConversionSetup } from "./convert-batch.js";

serveJobs<ConversionSetup, readonly BatchJob[], readonly BatchResult[]>((setup) => {
  const converter = BatchConverter.create(setup);
  return async (jobs) => {
    const ready = await converter;
    const result = jobs.map((job) => ready.convert(job));
    return { result, transfer: result.flatMap(transferable) };
  };
});

function transferable({ batch, text, ends, boxes }: BatchResult): ArrayBuffer[] {
  return buffersOf(batch).concat(text.buffer, ends.buffer, boxes.buffer);
}
