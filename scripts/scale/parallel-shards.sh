#!/usr/bin/env bash
# GNU parallel on one machine, or with PARALLEL="--sshlogin …" on several that share a folder: any feed in shards.
#   parallel-shards.sh N FEED OUT OPTION…                   (options of `convert`, which all shards get)
set -euo pipefail
n=$1 feed=$2 out=$3
shift 3
parts=$(mktemp -d "$(dirname "$out")/parts.XXXXXX")
trap 'rm -rf "$parts"' EXIT
seq "$n" | parallel --will-cite -q --halt now,fail=1 ocpi2osm convert "$feed" --quiet --shard "{}/$n" -o "$parts/{}.part" "$@"
ocpi2osm merge "$parts"/*.part -o "$out"
