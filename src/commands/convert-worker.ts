/** A thread that converts batches. */
import { serveJobs } from "../runs/worker-pool.js";
import { BatchConverter, type BatchJob, type BatchResult, type ConversionSetup } from "./convert-batch.js";

serveJobs<ConversionSetup, BatchJob, BatchResult>((setup) => {
  const converter = BatchConverter.create(setup);
  return async (job) => {
    const result = (await converter).convert(job);
    return { result, transfer: transferable(result) };
  };
});

function transferable({ batch, text, ends, boxes }: BatchResult): ArrayBuffer[] {
  const lines = batch.lines === undefined ? [] : [batch.lines.buffer];
  return [batch.bytes.buffer, batch.spans.buffer, text.buffer, ends.buffer, boxes.buffer, ...lines];
}
