#!/usr/bin/env bash
#SBATCH --job-name=ocpi2osm-merge
#SBATCH --ntasks=1
# The job after the array: sbatch --dependency=afterok:ARRAY slurm-merge.sh PARTS OUT
set -euo pipefail
ocpi2osm merge "$1"/*.part -o "$2"
rm -r "$1"
