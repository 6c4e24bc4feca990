#!/usr/bin/env bash
# Slurm: a job array of shards and a merge that waits for all of them, on nodes that share a folder.
#   slurm.sh N FEED OUT OPTION…                             (options of `convert`, which all shards get)
# Ends when the merge has ended. A shard that fails takes the merge with it: then nothing is written, the exit code is 1,
# and parts and logs stay for a look.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
n=$1 feed=$2 out=$3
shift 3
parts=$(mktemp -d "$(dirname "$out")/parts.XXXXXX")
array=$(sbatch --parsable --array="0-$((n - 1))" --output="$parts/%a.log" "$here/slurm-shard.sh" "$feed" "$parts" "$@")
# Of a job that was never begun, as a shard had failed, --wait tells nothing; but only a merge that went well takes the
# parts away.
sbatch --wait --dependency="afterok:$array" --kill-on-invalid-dep=yes --output="$out.log" \
  "$here/slurm-merge.sh" "$parts" "$out" || true
if [ -d "$parts" ]; then
  echo "$out was not written: see the logs in $parts, and $out.log" >&2
  exit 1
fi
