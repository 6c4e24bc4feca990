#!/usr/bin/env bash
#SBATCH --job-name=ocpi2osm-shard
#SBATCH --ntasks=1
# A task of a Slurm job array: sbatch --array=0-7 slurm-shard.sh FEED PARTS OPTION…
# The array must begin at 0 and be whole: its size is the n of --shard k/n.
set -euo pipefail
feed=$1 parts=$2
shift 2
k=$((SLURM_ARRAY_TASK_ID + 1))
ocpi2osm convert "$feed" --quiet --shard "$k/$SLURM_ARRAY_TASK_COUNT" -o "$parts/$k.part" "$@"
